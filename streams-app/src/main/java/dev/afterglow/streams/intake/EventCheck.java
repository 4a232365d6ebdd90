package dev.afterglow.streams.intake;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.Optional;

/** What an evaluation event has to be before it is looked at any further. */
final class EventCheck {

    /** More than any client adds up between two flushes, and far from an overflow of the sums. */
    static final long MAXIMUM_COUNT = 1_000_000_000L;

    private static final int MAXIMUM_KEY = 256;
    private static final int MAXIMUM_ID = 512;

    private EventCheck() {}

    /** What is wrong with an event, naming the field and never its value; empty when nothing is. */
    static Optional<String> problem(EvaluationEvent event) {
        if (!ExperimentKey.isSlug(event.getProject())) {
            return Optional.of("project is no slug");
        }
        if (!ExperimentKey.isSlug(event.getEnvironment())) {
            return Optional.of("environment is no slug");
        }
        if (!isText(event.getExperiment(), MAXIMUM_KEY)) {
            return Optional.of("experiment is empty or longer than " + MAXIMUM_KEY + " characters");
        }
        if (!isText(event.getVariant(), MAXIMUM_KEY)) {
            return Optional.of("variant is empty or longer than " + MAXIMUM_KEY + " characters");
        }
        if (!isText(event.getId(), MAXIMUM_ID)) {
            return Optional.of("id is empty or longer than " + MAXIMUM_ID + " characters");
        }
        if (!isText(event.getUnit(), MAXIMUM_ID)) {
            return Optional.of("unit is empty or longer than " + MAXIMUM_ID + " characters");
        }
        if (!isCount(event.getCount())) {
            return Optional.of("count is not between 1 and " + MAXIMUM_COUNT);
        }
        if (event.getOccurredAt().isBefore(Instant.EPOCH)) {
            return Optional.of("occurredAt is before 1970");
        }
        return Optional.empty();
    }

    /** How many evaluations an event weighs in the ledger: its count where that makes sense, else one. */
    static long weight(EvaluationEvent event) {
        return isCount(event.getCount()) ? event.getCount() : 1;
    }

    private static boolean isCount(long count) {
        return count >= 1 && count <= MAXIMUM_COUNT;
    }

    private static boolean isText(String text, int maximum) {
        return !text.isEmpty() && text.length() <= maximum;
    }
}

package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;

/** What the documentation of the contract asks of the fields of an event. */
final class FieldRules {

    private static final long LARGEST_COUNT = 1_000_000_000L;

    private FieldRules() {}

    static boolean areMet(EvaluationEvent event) {
        return ExperimentKey.isSlug(event.getProject())
                && ExperimentKey.isSlug(event.getEnvironment())
                && hasLength(event.getExperiment(), 256)
                && hasLength(event.getVariant(), 256)
                && hasLength(event.getId(), 512)
                && hasLength(event.getUnit(), 512)
                && countIsUsable(event)
                && !event.getOccurredAt().isBefore(Instant.EPOCH);
    }

    /** What an event weighs in the totals: its count, or one where it has no usable one. */
    static long weightOf(EvaluationEvent event) {
        return countIsUsable(event) ? event.getCount() : 1;
    }

    /** Whether an event carries what its counting policy counts by. */
    static boolean sufficesFor(CountingPolicy policy, EvaluationEvent event) {
        return switch (policy) {
            case PAGE_IMPRESSION -> event.getPageView() != null;
            case SESSION_EXPOSURE -> event.getSession() != null;
            case EVALUATION, DAILY_UNIQUE, UNKNOWN -> true;
        };
    }

    private static boolean countIsUsable(EvaluationEvent event) {
        return event.getCount() > 0 && event.getCount() <= LARGEST_COUNT;
    }

    private static boolean hasLength(String text, int longest) {
        return text.length() >= 1 && text.length() <= longest;
    }
}

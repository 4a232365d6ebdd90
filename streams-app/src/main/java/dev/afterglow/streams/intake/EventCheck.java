package dev.afterglow.streams.intake;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.reading.EventView;
import dev.afterglow.streams.reading.TextCache;
import dev.afterglow.streams.reading.TextField;

/** What an evaluation event has to be before it is looked at any further. For one thread. */
final class EventCheck {

    /** More than any client adds up between two flushes, and far from an overflow of the sums. */
    static final long MAXIMUM_COUNT = 1_000_000_000L;

    private static final int MAXIMUM_KEY = 256;
    private static final int MAXIMUM_ID = 512;
    private static final int SLUGS_KEPT = 256;

    private final TextCache<Boolean> projects = slugs(TextField.PROJECT);
    private final TextCache<Boolean> environments = slugs(TextField.ENVIRONMENT);

    /** What is wrong with an event, naming the field and never its value; null when nothing is. */
    String problem(EventView event) {
        if (!projects.of(event)) {
            return "project is no slug";
        }
        if (!environments.of(event)) {
            return "environment is no slug";
        }
        if (!isText(event, TextField.EXPERIMENT, MAXIMUM_KEY)) {
            return "experiment is empty or longer than " + MAXIMUM_KEY + " characters";
        }
        if (!isText(event, TextField.VARIANT, MAXIMUM_KEY)) {
            return "variant is empty or longer than " + MAXIMUM_KEY + " characters";
        }
        if (!isText(event, TextField.ID, MAXIMUM_ID)) {
            return "id is empty or longer than " + MAXIMUM_ID + " characters";
        }
        if (!isText(event, TextField.UNIT, MAXIMUM_ID)) {
            return "unit is empty or longer than " + MAXIMUM_ID + " characters";
        }
        if (!isCount(event.count())) {
            return "count is not between 1 and " + MAXIMUM_COUNT;
        }
        if (event.occurredAt() < 0) {
            return "occurredAt is before 1970";
        }
        return null;
    }

    /** How many evaluations an event weighs in the ledger: its count where that makes sense, else one. */
    static long weight(EventView event) {
        return isCount(event.count()) ? event.count() : 1;
    }

    private static boolean isCount(long count) {
        return count >= 1 && count <= MAXIMUM_COUNT;
    }

    private static boolean isText(EventView event, TextField field, int maximum) {
        return event.length(field) > 0 && !event.isLongerThan(field, maximum);
    }

    private static TextCache<Boolean> slugs(TextField field) {
        return new TextCache<>(field, SLUGS_KEPT, ExperimentKey::isSlug);
    }
}

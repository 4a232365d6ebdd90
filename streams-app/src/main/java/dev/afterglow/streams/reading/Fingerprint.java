package dev.afterglow.streams.reading;

import dev.afterglow.contract.CountingPolicy;

/**
 * Names of fixed size for what may be seen only once: XXH3 (64 bits) of the fields, each text in UTF-8 with its length
 * before it, so that two different tuples can never run together into the same bytes. They are kept in logs: their
 * definition must not change. What an event says decides alone, not the version of the schema it was written with.
 *
 * <p>For one thread.
 */
public final class Fingerprint {
    private static final byte ID = 1;
    private static final byte CONTENTS = 2;
    private static final byte REPEAT = 3;
    private static final byte NAME = 6;
    private static final byte EXPERIMENT = 7;
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private final KeyBuffer buffer = new KeyBuffer();

    /** Names the event: its id within project, environment and source. */
    public long idOf(EventView event) {
        return buffer.start(ID)
                .put(event, TextField.PROJECT)
                .put(event, TextField.ENVIRONMENT)
                .put(event, TextField.SOURCE)
                .put(event, TextField.ID)
                .hash();
    }

    /** Names what an event says, so that a second event of the same id with other contents stands out. */
    public int contentsOf(EventView event) {
        // What it is about has a name of its own, which is needed for most events anyway.
        long name = nameOf(event);
        return (int) buffer.start(CONTENTS)
                .put(event.occurredAt())
                .put(event.count())
                .put(name)
                .put(event, TextField.UNIT)
                .put(event, TextField.RUN)
                .put(event, TextField.PAGE_VIEW)
                .put(event, TextField.SESSION)
                .hash();
    }

    /** Names the variant of an experiment that the event is about. */
    public long nameOf(EventView event) {
        if (!event.isNamed()) {
            event.name(buffer.start(NAME)
                    .put(event, TextField.PROJECT)
                    .put(event, TextField.ENVIRONMENT)
                    .put(event, TextField.EXPERIMENT)
                    .put(event, TextField.VARIANT)
                    .hash());
        }
        return event.name();
    }

    /** Names the experiment that the event is about. */
    public long experimentOf(EventView event) {
        return buffer.start(EXPERIMENT)
                .put(event, TextField.PROJECT)
                .put(event, TextField.ENVIRONMENT)
                .put(event, TextField.EXPERIMENT)
                .hash();
    }

    /**
     * Names what a counting policy counts once: per unit, variant and page view or session; per unit and UTC day,
     * whatever the variant.
     *
     * @throws IllegalArgumentException when the policy counts every event
     */
    public long repeatOf(CountingPolicy policy, EventView event) {
        buffer.start(REPEAT)
                .put(policy.ordinal())
                .put(event, TextField.PROJECT)
                .put(event, TextField.ENVIRONMENT)
                .put(event, TextField.EXPERIMENT)
                .put(event, TextField.UNIT);
        return switch (policy) {
            case PAGE_IMPRESSION ->
                buffer.put(event, TextField.VARIANT)
                        .put(event, TextField.PAGE_VIEW)
                        .hash();
            case SESSION_EXPOSURE ->
                buffer.put(event, TextField.VARIANT)
                        .put(event, TextField.SESSION)
                        .hash();
            case DAILY_UNIQUE ->
                buffer.put(Math.floorDiv(event.occurredAt(), MILLIS_PER_DAY)).hash();
            case EVALUATION, UNKNOWN -> throw new IllegalArgumentException(policy + " counts every event");
        };
    }
}

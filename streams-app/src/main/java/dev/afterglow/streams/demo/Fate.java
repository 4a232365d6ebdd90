package dev.afterglow.streams.demo;

/** What has to become of a generated record. The names of dead letters are the reasons that intake gives. */
public enum Fate {
    /** A valid evaluation that counts. */
    COUNTED(false),
    /** An id that was sent before, with the same payload. */
    DUPLICATE(false),
    /** An id that was sent before, with another payload; counted among the duplicates as well. */
    CONFLICT(false),
    /** A valid evaluation in an environment that the project does not count. */
    EXCLUDED(false),
    /** A record without a value. */
    EMPTY(true),
    /** Bytes that do not begin with the magic byte. */
    WRONG_MAGIC(true),
    /** A schema id that no registry knows. */
    UNKNOWN_SCHEMA(true),
    /** Avro that ends too early, or goes on too long. */
    UNDECODABLE(true),
    /** A decodable event with a field out of range. */
    INVALID(true),
    /** Older than the limit, and no backfill. */
    TOO_LATE(true),
    /** Dated further ahead of its arrival than clocks differ. */
    FUTURE(true);

    private final boolean deadLetter;

    Fate(boolean deadLetter) {
        this.deadLetter = deadLetter;
    }

    /** Whether such a record belongs in the dead letters. */
    public boolean isDeadLetter() {
        return deadLetter;
    }
}

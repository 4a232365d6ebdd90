package dev.afterglow.streams.audit;

/**
 * One thing in which the recount and what is published are not the same.
 *
 * @param kind what is compared
 * @param where key of the count, or source partition and total
 * @param recounted what the recount has, in words
 * @param published what the pipeline has published, in words
 */
public record Difference(Kind kind, String where, String recounted, String published) {

    /** What is compared. */
    public enum Kind {
        /** A count by experiment, hour, variant, quarter-hour and policy. */
        COUNT,
        /** A total of the ledger. */
        LEDGER,
        /** The revisions of a count: each is one more than the one before. */
        REVISION,
        /** A record that contradicts itself. */
        RECORD
    }

    @Override
    public String toString() {
        return kind + "  " + where + ": recounted " + recounted + ", published " + published;
    }
}

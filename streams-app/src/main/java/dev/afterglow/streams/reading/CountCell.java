package dev.afterglow.streams.reading;

import dev.afterglow.contract.CountingPolicy;
import java.time.Instant;

/** A count that grows until it is handed on, and what the clients spent on it. */
public final class CountCell {
    private final long hash;
    private final Name name;
    private final long quarter;
    private final CountingPolicy policy;
    private long count;
    private long overheadMicros;
    private long overheadBytes;
    private boolean used;

    CountCell(long hash, Name name, long quarterStart, CountingPolicy policy) {
        this.hash = hash;
        this.name = name;
        quarter = quarterStart;
        this.policy = policy;
    }

    /** Whether an event is counted here. */
    boolean isOf(EventView event, long quarterStart, CountingPolicy policy) {
        return quarter == quarterStart && this.policy == policy && name.isOf(event);
    }

    /** What is counted here; made anew each time, since cells are many and live for long. */
    public CellKey key() {
        return new CellKey(name.experiment(), name.variant(), Instant.ofEpochMilli(quarter), policy);
    }

    /** The count so far, in impressions. */
    public long count() {
        return count;
    }

    /** What the impressions of which it is known added to pages, in microseconds; 0 or more. */
    public long overheadMicros() {
        return overheadMicros;
    }

    /** What was shipped to clients for the impressions of which it is known, in bytes; 0 or more. */
    public long overheadBytes() {
        return overheadBytes;
    }

    /**
     * Adds impressions.
     *
     * @throws ArithmeticException when the sum does not fit a long
     */
    public void add(long impressions) {
        count = Math.addExact(count, impressions);
    }

    /**
     * Adds what clients spent; a sum that does not fit a long stays at its maximum, since it is a measurement.
     *
     * @param micros added to pages, in microseconds; 0 or more
     * @param bytes shipped; 0 or more
     */
    public void spend(long micros, long bytes) {
        overheadMicros = capped(overheadMicros + micros);
        overheadBytes = capped(overheadBytes + bytes);
    }

    private static long capped(long sum) {
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    long hash() {
        return hash;
    }

    /** Marks it as in use; true when it was not. */
    boolean use() {
        boolean first = !used;
        used = true;
        return first;
    }

    boolean isUsed() {
        return used;
    }

    void reset() {
        count = 0;
        overheadMicros = 0;
        overheadBytes = 0;
        used = false;
    }
}

package dev.afterglow.streams.reading;

/** A count that grows until it is handed on. */
public final class CountCell {
    private final long hash;
    private final byte[] bytes;
    private final CellKey key;
    private long count;
    private boolean used;

    CountCell(long hash, byte[] bytes, CellKey key) {
        this.hash = hash;
        this.bytes = bytes;
        this.key = key;
    }

    /** What is counted here; always the same instance. */
    public CellKey key() {
        return key;
    }

    /** The count so far, in impressions. */
    public long count() {
        return count;
    }

    /**
     * Adds impressions.
     *
     * @throws ArithmeticException when the sum does not fit a long
     */
    public void add(long impressions) {
        count = Math.addExact(count, impressions);
    }

    long hash() {
        return hash;
    }

    byte[] bytes() {
        return bytes;
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
        used = false;
    }
}

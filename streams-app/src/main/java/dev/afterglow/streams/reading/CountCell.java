package dev.afterglow.streams.reading;

import dev.afterglow.contract.CountingPolicy;
import java.nio.charset.StandardCharsets;

/** A count that grows until it is handed on. */
public final class CountCell {
    private final long hash;
    private final CellKey key;
    private final long quarter;
    private final byte[] project;
    private final byte[] environment;
    private final byte[] experiment;
    private final byte[] variant;
    private long count;
    private boolean used;

    CountCell(long hash, CellKey key) {
        this.hash = hash;
        this.key = key;
        quarter = key.quarter().toEpochMilli();
        project = utf8(key.experiment().project());
        environment = utf8(key.experiment().environment());
        experiment = utf8(key.experiment().experiment());
        variant = utf8(key.variant());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an event is counted here. */
    boolean isOf(EventView event, long quarterStart, CountingPolicy policy) {
        return quarter == quarterStart
                && key.policy() == policy
                && event.hasText(TextField.EXPERIMENT, experiment)
                && event.hasText(TextField.VARIANT, variant)
                && event.hasText(TextField.PROJECT, project)
                && event.hasText(TextField.ENVIRONMENT, environment);
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

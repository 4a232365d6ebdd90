package dev.afterglow.streams.reading;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.OverheadMessages;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.flow.SortedRows;

/**
 * What is counted of one variant until it is handed on: impressions by quarter-hour and policy, and what clients spent on
 * them. For one thread.
 */
public final class VariantCounts {
    private static final CountingPolicy[] POLICIES = CountingPolicy.values();

    private static final int COUNT = 0;
    private static final int MICROS = 1;
    private static final int BYTES = 2;
    private static final int NUMBERS = 3;

    /** How many counts keep their room when they are cleared. */
    private static final int KEPT = 4;

    private final ExperimentKey experiment;
    private final String variant;
    private final int partition;
    private final byte[] utf8;
    private final int projectEnd;
    private final int environmentEnd;
    private final int experimentEnd;
    private final SortedRows counts = new SortedRows(NUMBERS);

    /**
     * @param event whose project, environment, experiment and variant are those of the texts
     * @param partition to which the experiment belongs downstream
     */
    VariantCounts(EventView event, ExperimentKey experiment, String variant, int partition) {
        this.experiment = experiment;
        this.variant = variant;
        this.partition = partition;
        projectEnd = event.length(TextField.PROJECT);
        environmentEnd = projectEnd + event.length(TextField.ENVIRONMENT);
        experimentEnd = environmentEnd + event.length(TextField.EXPERIMENT);
        utf8 = new byte[experimentEnd + event.length(TextField.VARIANT)];
        event.copyText(TextField.PROJECT, utf8, 0);
        event.copyText(TextField.ENVIRONMENT, utf8, projectEnd);
        event.copyText(TextField.EXPERIMENT, utf8, environmentEnd);
        event.copyText(TextField.VARIANT, utf8, experimentEnd);
    }

    /** Which experiment. */
    public ExperimentKey experiment() {
        return experiment;
    }

    /** Which variant of it. */
    public String variant() {
        return variant;
    }

    /** To which partition the experiment belongs downstream. */
    public int partition() {
        return partition;
    }

    /** How many counts there are: the others take a number from 0 to one less. */
    public int size() {
        return counts.size();
    }

    /** Start of the quarter-hour of a count, milliseconds since 1970 UTC; they ascend. */
    public long quarter(int number) {
        return counts.key(number) - policy(number).ordinal();
    }

    /** Under which policy it is counted. */
    public CountingPolicy policy(int number) {
        return POLICIES[(int) Math.floorMod(counts.key(number), Quarters.MILLIS)];
    }

    /** Impressions. */
    public long count(int number) {
        return counts.get(number, COUNT);
    }

    /** What the impressions of which it is known added to pages, in microseconds; 0 or more, at most the highest long. */
    public long overheadMicros(int number) {
        return counts.get(number, MICROS);
    }

    /** What was shipped for the impressions of which it is known, in bytes; 0 or more, at most the highest long. */
    public long overheadBytes(int number) {
        return counts.get(number, BYTES);
    }

    /** Whether an event is about this variant. */
    boolean isOf(EventView event) {
        return event.hasText(TextField.EXPERIMENT, utf8, environmentEnd, experimentEnd)
                && event.hasText(TextField.VARIANT, utf8, experimentEnd, utf8.length)
                && event.hasText(TextField.PROJECT, utf8, 0, projectEnd)
                && event.hasText(TextField.ENVIRONMENT, utf8, projectEnd, environmentEnd);
    }

    /** Adds to the count of the quarter-hour in which something happened; true when there was none of the policy. */
    boolean add(long occurredAt, CountingPolicy policy, long impressions, long micros, long bytes) {
        // There are fewer policies than milliseconds in it: no two keys are the same.
        long key = occurredAt - Math.floorMod(occurredAt, Quarters.MILLIS) + policy.ordinal();
        int before = counts.size();
        int row = counts.rowOf(key);
        counts.set(row, COUNT, Math.addExact(counts.get(row, COUNT), impressions));
        counts.set(row, MICROS, OverheadMessages.sum(counts.get(row, MICROS), micros));
        counts.set(row, BYTES, OverheadMessages.sum(counts.get(row, BYTES), bytes));
        return counts.size() > before;
    }

    /** Forgets the counts. */
    void clear() {
        counts.clear(KEPT);
    }
}

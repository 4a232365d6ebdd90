package dev.afterglow.streams.intake;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.reading.CountCells;
import dev.afterglow.streams.reading.EventView;

/** Impressions counted since the last commit. They live on the heap: each commit hands them on. */
final class PendingDeltas {

    /** Of the variants that are busy at a time; where there are more, all of them are made anew after each commit. */
    private static final int VARIANTS_KEPT = 65_536;

    /** More than ten minutes or a gibibyte for one evaluation is a fault of the client, and no evidence; it counts all the same. */
    private static final long MOST_MICROS = 600_000_000L;

    private static final long MOST_BYTES = 1L << 30;

    private final CountCells cells;

    /** @param partitions downstream, among which experiments are shared out */
    PendingDeltas(int partitions) {
        cells = new CountCells(VARIANTS_KEPT, experiment -> Routes.partitionOf(experiment.toString(), partitions));
    }

    void add(EventView event, CountingPolicy policy, long count) {
        cells.add(
                event,
                policy,
                count,
                count * plausible(event.overheadMicros(), MOST_MICROS),
                count * plausible(event.overheadBytes(), MOST_BYTES));
    }

    private static long plausible(long measured, long most) {
        return measured < 0 || measured > most ? 0 : measured;
    }

    /** How many counts have changed. */
    int size() {
        return cells.size();
    }

    /** Takes everything out. */
    HandOn drain() {
        var handOn = new HandOn();
        cells.forEach(handOn::take);
        cells.clear();
        return handOn;
    }
}

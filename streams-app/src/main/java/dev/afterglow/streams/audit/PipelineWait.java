package dev.afterglow.streams.audit;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.state.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Knows, from the newest rows of ledger and progress, whether the published counts hold everything below the pinned ends.
 * A ledger is taken as it is when it has first come that far, and the totals are compared at its offset; the counts are
 * settled when the stage that publishes them has passed whatever that ledger has read.
 */
final class PipelineWait {

    private static final String STAGE = "impressions";

    private final Map<Integer, Long> ends;
    private final int countPartitions;
    private final Predicate<IntakeLedger> leavesNothing;
    private final Map<Integer, IntakeLedger> reached = new TreeMap<>();
    private final Map<Integer, IntakeLedger> newest = new HashMap<>();
    private final Map<Integer, Instant> watermarks = new HashMap<>();

    /**
     * @param ends the pinned ends by source partition; those that have received something
     * @param countPartitions partitions of the published counts
     * @param leavesNothing whether there is no record between a ledger's offset and the pinned end, though the end is
     *     higher: commits take offsets too
     */
    PipelineWait(Map<Integer, Long> ends, int countPartitions, Predicate<IntakeLedger> leavesNothing) {
        this.ends = ends;
        this.countPartitions = countPartitions;
        this.leavesNothing = leavesNothing;
    }

    /** A row of the ledger, in order. */
    void ledger(IntakeLedger ledger) {
        newest.put(ledger.getPartition(), ledger);
        if (ledger.getNextOffset() >= ends.getOrDefault(ledger.getPartition(), Long.MAX_VALUE)) {
            reached.putIfAbsent(ledger.getPartition(), ledger);
        }
    }

    /** A row of the progress of a stage, in order. */
    void progress(Progress row) {
        if (row.getStage().equals(STAGE)) {
            watermarks.put(row.getPartition(), row.getWatermark());
        }
    }

    /** To be asked when everything that was there has been given. */
    boolean isSettled() {
        for (var ledger : newest.values()) {
            int partition = ledger.getPartition();
            if (ends.containsKey(partition) && !reached.containsKey(partition) && leavesNothing.test(ledger)) {
                reached.put(partition, ledger);
            }
        }
        return whatIsMissing().isEmpty();
    }

    Settled settled() {
        return new Settled(reached);
    }

    /** What there is to wait for, in words. */
    List<String> whatIsMissing() {
        var missing = new ArrayList<String>();
        ends.forEach((partition, end) -> {
            if (!reached.containsKey(partition)) {
                var ledger = newest.get(partition);
                missing.add("partition " + partition + " of the events is counted up to offset "
                        + (ledger == null ? 0 : ledger.getNextOffset()) + " of " + end);
            }
        });
        if (missing.isEmpty()) {
            reached.values().stream()
                    .map(IntakeLedger::getArrivedUpTo)
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .ifPresent(arrival -> addCountsBehind(arrival, missing));
        }
        return missing;
    }

    private void addCountsBehind(Instant arrival, List<String> missing) {
        for (int partition = 0; partition < countPartitions; partition++) {
            var watermark = watermarks.get(partition);
            if (watermark == null || !watermark.isAfter(arrival)) {
                missing.add("partition " + partition + " of the counts is published for "
                        + (watermark == null ? "no arrival" : "arrivals before " + watermark) + ", and has to pass "
                        + arrival);
            }
        }
    }
}

package dev.afterglow.streams.audit;

import dev.afterglow.contract.IntakeLedger;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of the evaluations of one partition below an offset, weighted by their counts.
 *
 * @param excluded by reason
 * @param deadLettered by reason
 * @param conflicts part of {@code duplicate}
 */
record PartitionTotals(
        long received,
        long counted,
        long duplicate,
        long conflicts,
        Map<String, Long> excluded,
        Map<String, Long> deadLettered) {

    PartitionTotals {
        excluded = Map.copyOf(excluded);
        deadLettered = Map.copyOf(deadLettered);
    }

    static PartitionTotals of(IntakeLedger ledger) {
        return new PartitionTotals(
                ledger.getReceived(),
                ledger.getCounted(),
                ledger.getDuplicate(),
                ledger.getConflicts(),
                ledger.getExcluded(),
                ledger.getDeadLettered());
    }

    /** Whether every evaluation received has exactly one outcome. */
    boolean balances() {
        long outcomes = Math.addExact(counted, duplicate);
        outcomes = Math.addExact(outcomes, sum(excluded));
        return received == Math.addExact(outcomes, sum(deadLettered));
    }

    /** The totals by name; reasons that two of them have are named alike, so that they can be laid side by side. */
    Map<String, Long> byName() {
        var named = new TreeMap<String, Long>();
        named.put("received", received);
        named.put("counted", counted);
        named.put("duplicate", duplicate);
        named.put("conflicts", conflicts);
        new TreeSet<>(excluded.keySet()).forEach(reason -> named.put("excluded " + reason, excluded.get(reason)));
        new TreeSet<>(deadLettered.keySet())
                .forEach(reason -> named.put("dead-lettered " + reason, deadLettered.get(reason)));
        return named;
    }

    private static long sum(Map<String, Long> byReason) {
        return byReason.values().stream().reduce(0L, Math::addExact);
    }
}

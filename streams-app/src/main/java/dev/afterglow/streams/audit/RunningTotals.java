package dev.afterglow.streams.audit;

import java.util.HashMap;
import java.util.Map;

/** The totals of a partition as they are added up. */
final class RunningTotals {

    private final Map<String, Long> excluded = new HashMap<>();
    private final Map<String, Long> deadLettered = new HashMap<>();
    private long received;
    private long counted;
    private long duplicate;
    private long conflicts;

    void count(long weight) {
        receive(weight);
        counted = Math.addExact(counted, weight);
    }

    void repeat(long weight, boolean conflict) {
        receive(weight);
        duplicate = Math.addExact(duplicate, weight);
        conflicts = Math.addExact(conflicts, conflict ? weight : 0);
    }

    void exclude(String reason, long weight) {
        receive(weight);
        excluded.merge(reason, weight, Math::addExact);
    }

    void reject(Rejection reason, long weight) {
        receive(weight);
        deadLettered.merge(reason.name(), weight, Math::addExact);
    }

    PartitionTotals now() {
        return new PartitionTotals(received, counted, duplicate, conflicts, excluded, deadLettered);
    }

    private void receive(long weight) {
        received = Math.addExact(received, weight);
    }
}

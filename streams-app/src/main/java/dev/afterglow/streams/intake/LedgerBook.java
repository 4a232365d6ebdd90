package dev.afterglow.streams.intake;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.intake.Outcome.ExclusionReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Accounts for every evaluation of one source partition. It is kept on the heap, and stored within the commit of the
 * offsets it speaks of.
 */
final class LedgerBook {

    private static final long NOTHING_ARRIVED = Long.MIN_VALUE;

    private final KeyValueStore<String, IntakeLedger> store;
    private final String topic;
    private final int partition;

    private final Map<String, Long> excluded = new HashMap<>();
    private final Map<String, Long> deadLettered = new HashMap<>();
    private long nextOffset;
    private long received;
    private long counted;
    private long duplicate;
    private long conflicts;
    private long arrivedUpTo = NOTHING_ARRIVED;

    LedgerBook(KeyValueStore<String, IntakeLedger> store, String topic, int partition) {
        this.store = store;
        this.topic = topic;
        this.partition = partition;
        IntakeLedger saved = store.get(key());
        if (saved != null) {
            nextOffset = saved.getNextOffset();
            received = saved.getReceived();
            counted = saved.getCounted();
            duplicate = saved.getDuplicate();
            conflicts = saved.getConflicts();
            arrivedUpTo = saved.getArrivedUpTo() == null
                    ? NOTHING_ARRIVED
                    : saved.getArrivedUpTo().toEpochMilli();
            excluded.putAll(saved.getExcluded());
            deadLettered.putAll(saved.getDeadLettered());
        }
    }

    /** Key under which the ledger is stored and published. */
    String key() {
        return topic + '/' + partition;
    }

    long nextOffset() {
        return nextOffset;
    }

    /** Whether nothing of the partition has been read, in this life or another. */
    boolean isNew() {
        return arrivedUpTo == NOTHING_ARRIVED;
    }

    /** Arrival of the newest record in milliseconds since 1970; less than any time before the first. */
    long arrivedUpTo() {
        return arrivedUpTo;
    }

    void read(long offset, long arrival) {
        nextOffset = offset + 1;
        arrivedUpTo = arrival;
    }

    void count(long weight) {
        received = Math.addExact(received, weight);
        counted = Math.addExact(counted, weight);
    }

    void duplicate(long weight, boolean conflict) {
        received = Math.addExact(received, weight);
        duplicate = Math.addExact(duplicate, weight);
        if (conflict) {
            conflicts = Math.addExact(conflicts, weight);
        }
    }

    void exclude(ExclusionReason reason, long weight) {
        if (weight > 0) {
            received = Math.addExact(received, weight);
            excluded.merge(reason.name(), weight, Math::addExact);
        }
    }

    void reject(DeadLetterReason reason, long weight) {
        received = Math.addExact(received, weight);
        deadLettered.merge(reason.name(), weight, Math::addExact);
    }

    IntakeLedger save() {
        var ledger = new IntakeLedger(
                topic,
                partition,
                nextOffset,
                received,
                counted,
                duplicate,
                Map.copyOf(excluded),
                Map.copyOf(deadLettered),
                conflicts,
                isNew() ? null : Instant.ofEpochMilli(arrivedUpTo));
        store.put(key(), ledger);
        return ledger;
    }
}

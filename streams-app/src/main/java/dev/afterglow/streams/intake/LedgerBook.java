package dev.afterglow.streams.intake;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.intake.Outcome.ExclusionReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Accounts for every evaluation of one source partition. {@link #save} is called once per record, so that whatever
 * offset a commit ends at, the stored totals are those of the records before it.
 */
final class LedgerBook {

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
    private Instant arrivedUpTo;

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
            arrivedUpTo = saved.getArrivedUpTo();
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

    /** Arrival of the newest record; null before the first. */
    Instant arrivedUpTo() {
        return arrivedUpTo;
    }

    void read(long offset, Instant arrival) {
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
                arrivedUpTo);
        store.put(key(), ledger);
        return ledger;
    }
}

package dev.afterglow.streams.impressions;

import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Corrects the ledgers of intake, which said "counted" of what a sealed hour then refused: minus so many counted, so many
 * dead-lettered, none received.
 */
final class SealedLedger {

    /** Stands where the ledgers of intake have their topic. */
    static final String NAME = "sealed";

    private final KeyValueStore<String, IntakeLedger> store;
    private final int partition;

    SealedLedger(KeyValueStore<String, IntakeLedger> store, int partition) {
        this.store = store;
        this.partition = partition;
    }

    /** Key under which the correction is stored and published. */
    String key() {
        return NAME + '/' + partition;
    }

    /** Adds what was refused; gives the whole correction. */
    IntakeLedger refuse(long count) {
        var before = store.get(key());
        long refused = Math.addExact(before == null ? 0 : -before.getCounted(), count);
        var ledger = IntakeLedger.newBuilder()
                .setTopic(NAME)
                .setPartition(partition)
                .setNextOffset(0)
                .setReceived(0)
                .setCounted(-refused)
                .setDuplicate(0)
                .setExcluded(Map.of())
                .setDeadLettered(Map.of(DeadLetterReason.SEALED.name(), refused))
                .build();
        store.put(key(), ledger);
        return ledger;
    }
}

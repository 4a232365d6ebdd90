package dev.afterglow.streams.intake;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Remembers names by the arrival time at which they were first seen, and forgets them whole segments at a time. Its
 * time is that of arrivals alone, which never runs ahead of the clock, so that nothing in a payload can make it forget.
 */
final class SeenStore {

    /** Shorter than any name. */
    private static final Bytes MARKER = Bytes.wrap(new byte[] {0});

    private static final byte[] NOTHING = {};

    private final WindowStore<Bytes, byte[]> store;
    private final long horizonMillis;

    SeenStore(WindowStore<Bytes, byte[]> store, Duration horizon) {
        this.store = store;
        this.horizonMillis = horizon.toMillis();
    }

    static StoreBuilder<WindowStore<Bytes, byte[]>> builder(String name, Duration horizon) {
        var supplier = Stores.persistentWindowStore(name, horizon.plusHours(1), Duration.ofMillis(1), false);
        return Stores.windowStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of());
    }

    /**
     * Makes sure that there is a segment. A store keeps its place in the changelog in its segments: Kafka Streams takes
     * one without any for a corrupted one at the next start, and restores all stores of the task from the beginning.
     *
     * @param arrival of a record, not the time of the clock, which would make the store forget what is being caught up
     */
    void open(long arrival) {
        store.put(MARKER, NOTHING, arrival);
    }

    /** Whether a name was not seen within the horizon; it is remembered when so, and not longer when it was. */
    boolean isFirst(long name, long arrival) {
        var key = Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(name).array());
        try (var found = store.fetch(key, arrival - horizonMillis + 1, arrival)) {
            if (found.hasNext()) {
                return false;
            }
        }
        store.put(key, NOTHING, arrival);
        return true;
    }
}

package dev.afterglow.streams.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
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

    /** Shorter than any fingerprint. */
    private static final Bytes MARKER = Bytes.wrap(new byte[] {0});

    private final WindowStore<Bytes, Long> store;
    private final Duration horizon;

    SeenStore(WindowStore<Bytes, Long> store, Duration horizon) {
        this.store = store;
        this.horizon = horizon;
    }

    static StoreBuilder<WindowStore<Bytes, Long>> builder(String name, Duration horizon) {
        var supplier = Stores.persistentWindowStore(name, horizon.plusHours(1), Duration.ofMillis(1), false);
        return Stores.windowStoreBuilder(supplier, Serdes.Bytes(), Serdes.Long())
                .withLoggingEnabled(Map.of());
    }

    /**
     * Makes sure that there is a segment. A store keeps its place in the changelog in its segments: Kafka Streams takes
     * one without any for a corrupted one at the next start, and restores all stores of the task from the beginning.
     *
     * @param arrival of a record, not the time of the clock, which would make the store forget what is being caught up
     */
    void open(Instant arrival) {
        store.put(MARKER, 0L, arrival.toEpochMilli());
    }

    /** What was stored when the name was first seen within the horizon; empty, and stored now, when it was not. */
    OptionalLong firstSeen(Bytes name, long value, Instant arrival) {
        try (var found =
                store.fetch(name, arrival.minus(horizon).plusMillis(1).toEpochMilli(), arrival.toEpochMilli())) {
            if (found.hasNext()) {
                return OptionalLong.of(found.next().value);
            }
        }
        store.put(name, value, arrival.toEpochMilli());
        return OptionalLong.empty();
    }
}

package dev.afterglow.streams.flow;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Makes the stores of the stages: named, logged, readable without a registry. */
public final class StateStores {

    private StateStores() {}

    /** A store on disk. */
    public static <V> StoreBuilder<KeyValueStore<String, V>> onDisk(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withLoggingEnabled(Map.of());
    }

    /** A small store on the heap whose changes reach its changelog once per commit, not once per change. */
    public static <V> StoreBuilder<KeyValueStore<String, V>> onHeap(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** A small store on the heap that is written within commits only: in a cache, that would be too late for them. */
    public static <V> StoreBuilder<KeyValueStore<String, V>> onHeapUncached(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}

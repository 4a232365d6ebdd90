package dev.afterglow.streams.testkit;

import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Stores without a topology around them. */
public final class HeapStores {

    private HeapStores() {}

    /** An empty store on the heap. */
    public static <V> KeyValueStore<String, V> keyValue(Serde<V> values) {
        return open(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("store"), Serdes.String(), values)
                .withLoggingDisabled());
    }

    /** Builds and opens a store that has no changelog. */
    public static <S extends StateStore> S open(StoreBuilder<S> builder) {
        return open(builder, new MockProcessorContext<>(new Properties()));
    }

    /** Builds and opens a store that has no changelog, in the directory of a context. */
    public static <S extends StateStore> S open(StoreBuilder<S> builder, MockProcessorContext<?, ?> context) {
        S store = builder.build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}

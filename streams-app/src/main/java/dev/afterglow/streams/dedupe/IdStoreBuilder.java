package dev.afterglow.streams.dedupe;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds an {@link IdStore}, always with a changelog and never with a cache. */
public final class IdStoreBuilder implements StoreBuilder<IdStore> {

    private final String name;
    private final IdLimits limits;
    private Map<String, String> logConfig = Map.of();

    /**
     * @param name of the store, of the changelog after it, and of the directory of each task for spilled files
     * @param limits of the heap of each task
     */
    public IdStoreBuilder(String name, IdLimits limits) {
        this.name = name;
        this.limits = limits;
    }

    @Override
    public IdStore build() {
        var batches = new BatchStore(name, limits);
        var logged = Stores.keyValueStoreBuilder(new Supplier(batches), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(logConfig)
                .build();
        return new IdStore(batches, logged);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StoreBuilder<IdStore> withLoggingEnabled(Map<String, String> config) {
        logConfig = Map.copyOf(config);
        return this;
    }

    @Override
    public StoreBuilder<IdStore> withLoggingDisabled() {
        throw new UnsupportedOperationException("Without its changelog the store " + name + " would count twice.");
    }

    @Override
    public StoreBuilder<IdStore> withCachingEnabled() {
        throw new UnsupportedOperationException("What the store " + name + " writes in a commit cannot be cached.");
    }

    @Override
    public StoreBuilder<IdStore> withCachingDisabled() {
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return logConfig;
    }

    @Override
    public boolean loggingEnabled() {
        return true;
    }

    private record Supplier(BatchStore store) implements KeyValueBytesStoreSupplier {

        @Override
        public String name() {
            return store.name();
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return store;
        }

        @Override
        public String metricsScope() {
            return "event-ids";
        }
    }
}

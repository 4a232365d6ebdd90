package dev.afterglow.streams.dedupe;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What Kafka Streams takes for a key-value store of batches: it writes each to the changelog and reads all back from
 * there. The ids in them are in {@link SeenIds} already, so that nothing is kept twice, and nothing can be read by key.
 */
final class BatchStore implements KeyValueStore<Bytes, byte[]> {

    private final String name;
    private final IdLimits limits;
    private final Position position = Position.emptyPosition();
    private SeenIds ids;

    BatchStore(String name, IdLimits limits) {
        this.name = name;
        this.limits = limits;
    }

    SeenIds ids() {
        if (ids == null) {
            throw new IllegalStateException("The store of event ids " + name + " is not open.");
        }
        return ids;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        close();
        Path directory = context.stateDir().toPath().resolve(name);
        var opened = new SeenIds(new Spill(directory), limits);
        ids = opened;
        context.register(root, (key, value) -> opened.restore(BatchKey.of(key), value));
    }

    @Override
    public void close() {
        if (ids != null) {
            ids.close();
            ids = null;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return ids != null;
    }

    @Override
    public Position getPosition() {
        return position;
    }

    @Override
    public void put(Bytes key, byte[] value) {
        // The changelog is written by the store around this one.
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        throw onlyForTheChangelog();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        // As with put.
    }

    @Override
    public byte[] delete(Bytes key) {
        return null;
    }

    @Override
    public byte[] get(Bytes key) {
        throw onlyForTheChangelog();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        throw onlyForTheChangelog();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw onlyForTheChangelog();
    }

    @Override
    public long approximateNumEntries() {
        return 0;
    }

    private UnsupportedOperationException onlyForTheChangelog() {
        return new UnsupportedOperationException(
                "The store of event ids " + name + " cannot be queried by key; ask IdStore.see.");
    }
}

package dev.afterglow.streams.readmodel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Writes to come, which {@link #get} already sees: a key may occur several times in what one poll returned, and is
 * written once.
 */
final class Batch implements AutoCloseable {

    /** When the store was last known to be level with the topics; decides whether tombstones may have been missed. */
    static final String TOUCHED = "touched";

    private final RocksDB db;
    private final ReadOptions options = new ReadOptions();

    /** What is in the store, null for nothing. */
    private final Map<Key, byte[]> stored = new HashMap<>();

    /** What is to be in the store, null for nothing. */
    private final Map<Key, byte[]> changed = new HashMap<>();

    private record Key(byte[] bytes) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    Batch(RocksDB db) {
        this.db = db;
    }

    /**
     * Looks up at once what {@link #get} is going to be asked for: one by one it costs several times as much, most of
     * all for keys that are not there.
     */
    void lookUp(Collection<byte[]> keys) {
        var wanted = new LinkedHashSet<Key>();
        keys.forEach(key -> wanted.add(new Key(key)));
        wanted.removeAll(stored.keySet());
        if (wanted.isEmpty()) {
            return;
        }
        try {
            var values = db.multiGetAsList(
                            options, wanted.stream().map(Key::bytes).toList())
                    .iterator();
            wanted.forEach(key -> stored.put(key, values.next()));
        } catch (RocksDBException e) {
            throw new StoreException("reading the read model failed: " + e.getMessage(), e);
        }
    }

    /** The value as it will be once the batch is written, or null. */
    byte[] get(byte[] key) {
        var wanted = new Key(key);
        if (changed.containsKey(wanted)) {
            return changed.get(wanted);
        }
        if (!stored.containsKey(wanted)) {
            lookUp(List.of(key));
        }
        return stored.get(wanted);
    }

    void put(byte[] key, byte[] value) {
        changed.put(new Key(key), value);
    }

    void delete(byte[] key) {
        changed.put(new Key(key), null);
    }

    void putOffset(TopicPartition partition, long next) {
        put(
                Table.OFFSETS.key(partition.topic() + '/' + partition.partition()),
                ByteBuffer.allocate(Long.BYTES).putLong(next).array());
    }

    void putTouched(Instant now) {
        put(Table.META.key(TOUCHED), now.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** All changes, to be closed by who asked for them. */
    WriteBatch toWrites() throws RocksDBException {
        var writes = new WriteBatch();
        for (var change : changed.entrySet()) {
            if (change.getValue() == null) {
                writes.delete(change.getKey().bytes());
            } else {
                writes.put(change.getKey().bytes(), change.getValue());
            }
        }
        return writes;
    }

    @Override
    public void close() {
        options.close();
    }
}

package dev.afterglow.streams.readmodel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatchWithIndex;

/** Writes to come, which {@link #get} already sees: a key may occur several times in what one poll returned. */
final class Batch implements AutoCloseable {

    /** When the store was last known to be level with the topics; decides whether tombstones may have been missed. */
    static final String TOUCHED = "touched";

    private final RocksDB db;
    private final WriteBatchWithIndex writes = new WriteBatchWithIndex(true);
    private final ReadOptions options = new ReadOptions();

    Batch(RocksDB db) {
        this.db = db;
    }

    /** The value as it will be once the batch is written, or null. */
    byte[] get(byte[] key) {
        try {
            return writes.getFromBatchAndDB(db, options, key);
        } catch (RocksDBException e) {
            throw new StoreException("reading the read model failed: " + e.getMessage(), e);
        }
    }

    void put(byte[] key, byte[] value) {
        try {
            writes.put(key, value);
        } catch (RocksDBException e) {
            throw new StoreException("collecting writes failed: " + e.getMessage(), e);
        }
    }

    void delete(byte[] key) {
        try {
            writes.delete(key);
        } catch (RocksDBException e) {
            throw new StoreException("collecting writes failed: " + e.getMessage(), e);
        }
    }

    void putOffset(TopicPartition partition, long next) {
        put(
                Table.OFFSETS.key(partition.topic() + '/' + partition.partition()),
                ByteBuffer.allocate(Long.BYTES).putLong(next).array());
    }

    void putTouched(Instant now) {
        put(Table.META.key(TOUCHED), now.toString().getBytes(StandardCharsets.UTF_8));
    }

    WriteBatchWithIndex writes() {
        return writes;
    }

    @Override
    public void close() {
        writes.close();
        options.close();
    }
}

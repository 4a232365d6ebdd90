package dev.afterglow.streams.readmodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.common.TopicPartition;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key-value store on disk. Written by one thread, read by many.
 *
 * <p>Its write-ahead log is on but not synced: killing the process loses nothing, and a power cut loses a suffix of whole
 * batches, offsets included, which are then read again.
 */
final class Store implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Store.class);
    private static final long MIB = 1 << 20;

    private final Path directory;
    private final LRUCache cache = new LRUCache(32 * MIB);
    private final BloomFilter bloom = new BloomFilter(10);
    private final Options options;
    private final WriteOptions writeOptions = new WriteOptions();
    private final RocksDB db;
    // Readers hold it while they use native memory: after close() a late query gets an exception, not a crash.
    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private boolean closed;

    private Store(Path directory) {
        this.directory = directory;
        this.options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(16 * MIB)
                .setMaxTotalWalSize(64 * MIB)
                .setKeepLogFileNum(2)
                .setMaxOpenFiles(256)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom));
        this.db = openOrStartAgain();
    }

    /**
     * Opens the store, making it where there is none; a damaged one is thrown away, since it can be built anew.
     *
     * @throws StoreException when the directory cannot be used, or another process uses it
     */
    static Store open(Path directory) {
        RocksDB.loadLibrary();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory + ": make it, or set another data directory", e);
        }
        return new Store(directory);
    }

    /** A consistent view; to be closed by the thread that asked for it. */
    Reader reader() {
        enter();
        return new Reader(db, this::leave);
    }

    /** What is to be written at once; closed by the writer. */
    Batch batch() {
        return new Batch(db);
    }

    /** Writes all of a batch or, on failure, none of it. */
    void commit(Batch batch) {
        enter();
        try (var writes = batch.toWrites()) {
            db.write(writeOptions, writes);
        } catch (RocksDBException e) {
            throw failed("writing", e);
        } finally {
            leave();
        }
    }

    /** Empties the store and writes down what it will be filled from, in one step. */
    void startAgain(Map<String, String> meta) {
        enter();
        try (var batch = new WriteBatch()) {
            batch.deleteRange(new byte[] {0}, new byte[] {Byte.MAX_VALUE});
            for (var entry : meta.entrySet()) {
                batch.put(Table.META.key(entry.getKey()), entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
            db.write(writeOptions, batch);
        } catch (RocksDBException e) {
            throw failed("emptying", e);
        } finally {
            leave();
        }
    }

    /** What the store says about itself; empty for a new one. */
    Map<String, String> meta() {
        var meta = new HashMap<String, String>();
        try (var reader = reader()) {
            reader.scan(
                    Table.META.key(""),
                    (key, value) -> meta.put(Table.rest(key), new String(value, StandardCharsets.UTF_8)));
        }
        return meta;
    }

    /** Next offset to read, for every partition of which something was applied. */
    Map<TopicPartition, Long> offsets() {
        var offsets = new HashMap<TopicPartition, Long>();
        try (var reader = reader()) {
            reader.scan(Table.OFFSETS.key(""), (key, value) -> {
                var name = Table.rest(key);
                var slash = name.lastIndexOf('/');
                offsets.put(
                        new TopicPartition(name.substring(0, slash), Integer.parseInt(name.substring(slash + 1))),
                        ByteBuffer.wrap(value).getLong());
            });
        }
        return offsets;
    }

    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            db.close();
            writeOptions.close();
            options.close();
            bloom.close();
            cache.close();
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    private RocksDB openOrStartAgain() {
        try {
            return RocksDB.open(options, directory.toString());
        } catch (RocksDBException e) {
            if (!isDamage(e)) {
                throw failed("opening", e);
            }
            LOGGER.atWarn()
                    .addKeyValue("directory", directory)
                    .log("The read model on disk is damaged; building it anew from the topics");
        }
        try {
            RocksDB.destroyDB(directory.toString(), options);
            return RocksDB.open(options, directory.toString());
        } catch (RocksDBException e) {
            throw failed("opening", e);
        }
    }

    private static boolean isDamage(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
    }

    private StoreException failed(String what, RocksDBException e) {
        return new StoreException(
                what + " the read model in " + directory + " failed: " + e.getMessage()
                        + ". Only one process may use a data directory, which has to be writable and have space;"
                        + " the directory of the read model may be deleted, it is built anew",
                e);
    }

    private void enter() {
        lifetime.readLock().lock();
        if (closed) {
            lifetime.readLock().unlock();
            throw new IllegalStateException("the read model is closed");
        }
    }

    private void leave() {
        lifetime.readLock().unlock();
    }
}

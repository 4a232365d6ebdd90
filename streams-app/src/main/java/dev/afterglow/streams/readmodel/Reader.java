package dev.afterglow.streams.readmodel;

import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** The store as it was at one instant: what one batch wrote is seen whole or not at all. */
final class Reader implements AutoCloseable {

    /** Takes an entry of a scan; keys and values are the callee's to keep. */
    @FunctionalInterface
    interface Visitor {
        void visit(byte[] key, byte[] value);
    }

    private final RocksDB db;
    private final Runnable onClose;
    private final Snapshot snapshot;
    private final ReadOptions options;

    Reader(RocksDB db, Runnable onClose) {
        this.db = db;
        this.onClose = onClose;
        this.snapshot = db.getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    /** The value, or null. */
    byte[] get(byte[] key) {
        try {
            return db.get(options, key);
        } catch (RocksDBException e) {
            throw new StoreException("reading the read model failed: " + e.getMessage(), e);
        }
    }

    /** Visits every entry whose key begins with the prefix, in the order of unsigned bytes. */
    void scan(byte[] prefix, Visitor visitor) {
        try (var iterator = db.newIterator(options)) {
            for (iterator.seek(prefix); iterator.isValid() && startsWith(iterator.key(), prefix); iterator.next()) {
                visitor.visit(iterator.key(), iterator.value());
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw new StoreException("reading the read model failed: " + e.getMessage(), e);
        }
    }

    /** The last value at or before the bound whose key begins with the prefix, or null. */
    byte[] lastUpTo(byte[] bound, byte[] prefix) {
        try (var iterator = db.newIterator(options)) {
            iterator.seekForPrev(bound);
            var found = iterator.isValid() && startsWith(iterator.key(), prefix);
            iterator.status();
            return found ? iterator.value() : null;
        } catch (RocksDBException e) {
            throw new StoreException("reading the read model failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        options.close();
        db.releaseSnapshot(snapshot);
        onClose.run();
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}

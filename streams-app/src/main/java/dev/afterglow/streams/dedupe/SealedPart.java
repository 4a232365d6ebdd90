package dev.afterglow.streams.dedupe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * Ids of one hour outside the heap, never changed: a filter, then the keys of all shards, then the contents. A shard is
 * an open-addressing table with linear probing that has at least one free slot.
 */
final class SealedPart implements IdSource {

    private static final long UNSIGNED = 0xffff_ffffL;

    /** Roughly what the description of a part takes, its directory of shards above all. */
    static final long HEAP_BYTES = 1024;

    final int hour;
    private final Space space;
    private final long bytes;
    private final int filterWords;
    private final LongBuffer filter;
    private final LongBuffer keys;
    private final IntBuffer contents;
    private final int[] starts;
    private final int[] counts;
    private final long ofZero;

    SealedPart(int hour, Layout layout, Space space, ByteBuffer all, long ofZero) {
        this.hour = hour;
        this.space = space;
        this.ofZero = ofZero;
        bytes = layout.bytes();
        filterWords = layout.filterWords();
        starts = layout.starts();
        counts = layout.counts();
        all.order(ByteOrder.nativeOrder());
        filter = all.slice(0, (int) layout.keysAt())
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        keys = all.slice((int) layout.keysAt(), (int) (layout.contentsAt() - layout.keysAt()))
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        contents = all.slice((int) layout.contentsAt(), (int) (bytes - layout.contentsAt()))
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
    }

    long bytes() {
        return bytes;
    }

    int size() {
        int size = 0;
        for (int count : counts) {
            size += count;
        }
        return size;
    }

    void free() {
        space.free();
    }

    long find(long id, long hash, long mask) {
        if ((filter.get(Hashing.word(hash, filterWords)) & mask) != mask) {
            return OpenTable.ABSENT;
        }
        return probe(id, hash);
    }

    private long probe(long id, long hash) {
        if (id == 0) {
            return ofZero;
        }
        int shard = Hashing.shard(hash);
        int start = starts[shard];
        int end = starts[shard + 1];
        int slot = start + Hashing.slot(hash, end - start);
        for (long key = keys.get(slot); key != 0; key = keys.get(slot)) {
            if (key == id) {
                return contents.get(slot) & UNSIGNED;
            }
            slot = slot + 1 == end ? start : slot + 1;
        }
        return OpenTable.ABSENT;
    }

    @Override
    public int count(int shard) {
        return counts[shard];
    }

    @Override
    public void forEach(int shard, IdConsumer consumer) {
        if (shard == 0 && ofZero != OpenTable.ABSENT) {
            consumer.accept(0, (int) ofZero);
        }
        for (int slot = starts[shard]; slot < starts[shard + 1]; slot++) {
            long key = keys.get(slot);
            if (key != 0) {
                consumer.accept(key, contents.get(slot));
            }
        }
    }
}

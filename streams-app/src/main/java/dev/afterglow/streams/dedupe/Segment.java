package dev.afterglow.streams.dedupe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The ids of one horizon that were first seen in one hour of arrival. */
final class Segment {

    /** Larger parts are left apart: making one of them takes a pause and 1.5 bytes of heap an id. */
    private static final int MAX_MERGED = 1 << 24;

    final int horizon;
    final int hour;
    final List<SealedPart> parts = new ArrayList<>();
    final Sequences logged = new Sequences();
    OpenTable open;
    private final PendingBatches pending = new PendingBatches();
    private long nextSequence;

    /** @param expected how many ids there will be, as far as is known */
    Segment(int horizon, int hour, int expected) {
        this.horizon = horizon;
        this.hour = hour;
        open = new OpenTable(expected);
    }

    boolean expiredAt(int now) {
        return (long) hour + horizon < now;
    }

    void add(long id, long hash, int contents) {
        open.add(id, hash, contents);
        pending.add(id, contents);
    }

    /** Adds what was logged before. @return how many ids were not there yet */
    int restore(long sequence, byte[] batch) {
        int before = open.size();
        for (int at = 0; at < batch.length; at += PendingBatches.ID_BYTES) {
            long id = PendingBatches.id(batch, at);
            long hash = Hashing.mix(id);
            if (open.find(id, hash) == OpenTable.ABSENT) {
                open.add(id, hash, PendingBatches.contents(batch, at));
            }
        }
        logged.add(sequence);
        nextSequence = Math.max(nextSequence, sequence + batch.length / PendingBatches.ID_BYTES);
        return open.size() - before;
    }

    void drain(BiConsumer<BatchKey, byte[]> taker, boolean last) {
        int ids = pending.size();
        pending.drain((before, batch) -> {
            var key = new BatchKey(horizon, hour, nextSequence + before);
            taker.accept(key, batch);
            logged.add(key.sequence());
        });
        nextSequence += ids;
        if (last) {
            pending.release();
        }
    }

    /** Moves the ids on the heap to a part of their own. */
    void spill(Spill spill) {
        parts.add(spill.seal(hour, List.of(open)));
        open = new OpenTable();
    }

    /** Moves the ids on the heap away, and makes one part of all: an id not seen before asks each part. */
    void settle(Spill spill) {
        if (parts.isEmpty() || size() > MAX_MERGED) {
            if (open.size() > 0) {
                spill(spill);
            }
            return;
        }
        if (parts.size() == 1 && open.size() == 0) {
            return;
        }
        List<IdSource> sources = new ArrayList<>(parts);
        sources.add(open);
        var merged = spill.seal(hour, sources);
        free();
        parts.add(merged);
        open = new OpenTable();
    }

    void free() {
        parts.forEach(SealedPart::free);
        parts.clear();
    }

    long size() {
        return open.size() + parts.stream().mapToLong(SealedPart::size).sum();
    }

    long heapBytes() {
        return open.heapBytes() + pending.heapBytes() + logged.heapBytes() + parts.size() * SealedPart.HEAP_BYTES;
    }

    long mappedBytes() {
        return parts.stream().mapToLong(SealedPart::bytes).sum();
    }
}

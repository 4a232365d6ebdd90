package dev.afterglow.streams.dedupe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Ids that are not in the changelog yet, in the form in which they will be: 8 bytes of id, 4 of contents, big-endian. */
final class PendingBatches {

    static final int ID_BYTES = Long.BYTES + Integer.BYTES;
    /** 262,140 bytes: well below the 1 MB that a broker takes by default, and no humongous object for the collector. */
    static final int MAX_IDS = 256 * 1024 / ID_BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIRST_IDS = 64;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] current = new byte[0];
    private int used;

    static long id(byte[] batch, int at) {
        return (long) LONGS.get(batch, at);
    }

    static int contents(byte[] batch, int at) {
        return (int) INTS.get(batch, at + Long.BYTES);
    }

    void add(long id, int contents) {
        if (used == current.length) {
            makeRoom();
        }
        LONGS.set(current, used, id);
        INTS.set(current, used + Long.BYTES, contents);
        used += ID_BYTES;
    }

    private void makeRoom() {
        if (used == MAX_IDS * ID_BYTES) {
            full.add(current);
            current = new byte[FIRST_IDS * ID_BYTES];
            used = 0;
        } else {
            int ids = Math.max(FIRST_IDS, used / ID_BYTES * 2);
            current = Arrays.copyOf(current, Math.min(MAX_IDS, ids) * ID_BYTES);
        }
    }

    /** Hands over all batches, each with the number of ids in the batches before it, and forgets them. */
    void drain(BiConsumer<Integer, byte[]> taker) {
        int before = 0;
        for (byte[] batch : full) {
            taker.accept(before, batch);
            before += MAX_IDS;
        }
        if (used > 0) {
            taker.accept(before, Arrays.copyOf(current, used));
        }
        full.clear();
        // The next commit will bring about as many.
        used = 0;
    }

    /** Gives back the memory; nothing may be pending. */
    void release() {
        current = new byte[0];
    }

    int size() {
        return full.size() * MAX_IDS + used / ID_BYTES;
    }

    long heapBytes() {
        return (long) full.size() * MAX_IDS * ID_BYTES + current.length;
    }
}

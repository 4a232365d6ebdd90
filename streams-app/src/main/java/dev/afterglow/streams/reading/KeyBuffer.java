package dev.afterglow.streams.reading;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Puts fields one behind the other, each text with its length before it, so that two different tuples can never run
 * together into the same bytes; used again for the next.
 */
final class KeyBuffer {
    private static final Hasher64 XXH3 = Hashing.xxh3_64();
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[512];
    private int size;

    /** Starts anew, for keys of one kind: those of another kind never equal them. */
    KeyBuffer start(byte kind) {
        bytes[0] = kind;
        size = 1;
        return this;
    }

    /** A text; null differs from empty by its length of -1. */
    KeyBuffer put(EventView event, TextField field) {
        int length = event.length(field);
        ensure(Integer.BYTES + Math.max(0, length));
        INTS.set(bytes, size, length);
        size += Integer.BYTES;
        if (length > 0) {
            System.arraycopy(event.bytes(), event.offset(field), bytes, size, length);
            size += length;
        }
        return this;
    }

    KeyBuffer put(long number) {
        ensure(Long.BYTES);
        LONGS.set(bytes, size, number);
        size += Long.BYTES;
        return this;
    }

    long hash() {
        return XXH3.hashBytesToLong(bytes, 0, size);
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}

package dev.afterglow.streams.reading;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells well-formed UTF-8 (Unicode, table 3-7), which decodes and encodes back to the same bytes. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    static boolean isWellFormed(byte[] bytes, int offset, int length) {
        return isAscii(bytes, offset, offset + length) || isWellFormedBetween(bytes, offset, offset + length);
    }

    /** Most texts are; the last word overlaps the one before it, which is quicker than single bytes. */
    private static boolean isAscii(byte[] bytes, int from, int end) {
        if (end - from < Long.BYTES) {
            int all = 0;
            for (int at = from; at < end; at++) {
                all |= bytes[at];
            }
            return all >= 0;
        }
        for (int at = from; at < end - Long.BYTES; at += Long.BYTES) {
            if (((long) LONGS.get(bytes, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        return ((long) LONGS.get(bytes, end - Long.BYTES) & HIGH_BITS) == 0;
    }

    private static boolean isWellFormedBetween(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            if (bytes[at] >= 0) {
                at++;
            } else {
                int size = sizeAt(bytes, at, end);
                if (size == 0) {
                    return false;
                }
                at += size;
            }
        }
        return true;
    }

    /** The size of the character of several bytes that starts here; 0 when there is none. */
    private static int sizeAt(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        int size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (end - at < size) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        // No overlong forms, no surrogates, nothing beyond U+10FFFF.
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}

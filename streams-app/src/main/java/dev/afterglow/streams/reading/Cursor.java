package dev.afterglow.streams.reading;

/**
 * A place in bytes of Avro's binary encoding, moving on. Every method throws {@link DoubtException} where a value is not
 * wholly there, or is encoded in a way that no good writer uses; it is at least as strict as Avro's own decoder.
 */
final class Cursor {
    private static final int LONGEST_INT = 5;
    private static final int LONGEST_LONG = 10;

    private byte[] bytes;
    private int position;
    private int end;

    void start(byte[] newBytes, int offset, int length) {
        bytes = newBytes;
        position = offset;
        end = offset + length;
    }

    boolean isAtEnd() {
        return position == end;
    }

    int remaining() {
        return end - position;
    }

    /** A variable-length zig-zag long. */
    long readLong() {
        if (position < end) {
            int first = bytes[position];
            if (first >= 0) {
                position++;
                return first >>> 1 ^ -(first & 1);
            }
        }
        return readLongerLong(LONGEST_LONG);
    }

    /** A variable-length zig-zag int. */
    int readInt() {
        if (position < end) {
            int first = bytes[position];
            if (first >= 0) {
                position++;
                return first >>> 1 ^ -(first & 1);
            }
        }
        long value = readLongerLong(LONGEST_INT);
        if (value != (int) value) {
            throw DoubtException.INSTANCE;
        }
        return (int) value;
    }

    private long readLongerLong(int longest) {
        long value = 0;
        int limit = Math.min(end, position + longest);
        int at = position;
        for (int shift = 0; at < limit; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                position = at;
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw DoubtException.INSTANCE;
    }

    boolean readBoolean() {
        return bytes[skip(1)] == 1;
    }

    /** Reads a text, which has to be well-formed: where it lies goes into the view. */
    void readText(TextField field, EventView into) {
        int length = readLength();
        int from = skip(length);
        if (!Utf8.isWellFormed(bytes, from, length)) {
            // Decoders put U+FFFD in its place: texts that differ in nothing else become equal.
            throw DoubtException.INSTANCE;
        }
        into.set(field, from, length);
    }

    /** A length of bytes, or a number of items of a byte or more: never more than there are bytes left. */
    int readLength() {
        long length = readLong();
        if (length < 0 || length > end - position) {
            throw DoubtException.INSTANCE;
        }
        return (int) length;
    }

    /** Moves on by so many bytes, and says from where. */
    int skip(int length) {
        int from = position;
        if (length > end - from) {
            throw DoubtException.INSTANCE;
        }
        position = from + length;
        return from;
    }
}

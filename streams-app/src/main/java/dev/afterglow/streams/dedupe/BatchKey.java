package dev.afterglow.streams.dedupe;

import java.nio.ByteBuffer;

/**
 * The key of a changelog record: the segment, and how many ids had been added to it before the first one of the batch,
 * so that no batch ever has the key of another and compaction keeps them all.
 *
 * @param horizon whole hours
 * @param hour of arrival, in hours since 1970-01-01T00:00Z
 */
record BatchKey(int horizon, int hour, long sequence) {

    static final int BYTES = 1 + 2 * Integer.BYTES + Long.BYTES;

    private static final byte VERSION = 1;

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putInt(horizon)
                .putInt(hour)
                .putLong(sequence)
                .array();
    }

    static BatchKey of(byte[] bytes) {
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            throw new IllegalStateException("The changelog of the event ids holds a key of " + bytes.length
                    + " bytes that this version cannot read: it was written by a newer version; start that one again.");
        }
        var buffer = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        return new BatchKey(buffer.getInt(), buffer.getInt(), buffer.getLong());
    }
}

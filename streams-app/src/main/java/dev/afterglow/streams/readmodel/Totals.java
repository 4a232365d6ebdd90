package dev.afterglow.streams.readmodel;

import java.nio.ByteBuffer;

/** Sum of the counts below a key, and how many there are: with the last of them the sum goes too. */
record Totals(long impressions, long rows) {

    static final Totals NONE = new Totals(0, 0);

    static Totals decode(byte[] bytes) {
        if (bytes == null) {
            return NONE;
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new Totals(buffer.getLong(), buffer.getLong());
    }

    byte[] encode() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(impressions)
                .putLong(rows)
                .array();
    }

    /** Replaces one count by another; null stands for none. */
    Totals replace(Long before, Long after) {
        var sum =
                Math.addExact(Math.subtractExact(impressions, before == null ? 0 : before), after == null ? 0 : after);
        return new Totals(sum, rows - (before == null ? 0 : 1) + (after == null ? 0 : 1));
    }
}

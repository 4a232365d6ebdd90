package dev.afterglow.streams.readmodel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums of the counts of an experiment, by variant: one row, since each new count changes both the sum of its variant and
 * that of its experiment.
 */
record Totals(SortedMap<String, Sum> byVariant) {

    static final Totals NONE = new Totals(Collections.emptySortedMap());

    /** Of counts, and how many there are: with the last of them the sum goes too. */
    record Sum(long impressions, long rows) {}

    static Totals decode(byte[] bytes) {
        if (bytes == null) {
            return NONE;
        }
        var sums = new TreeMap<String, Sum>();
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            int length = buffer.getInt();
            var variant = new String(bytes, buffer.position(), length, StandardCharsets.UTF_8);
            buffer.position(buffer.position() + length);
            sums.put(variant, new Sum(buffer.getLong(), buffer.getLong()));
        }
        return new Totals(sums);
    }

    byte[] encode() {
        var names = byVariant.keySet().stream()
                .map(variant -> variant.getBytes(StandardCharsets.UTF_8))
                .toList();
        var buffer = ByteBuffer.allocate(names.stream()
                .mapToInt(name -> Integer.BYTES + name.length + 2 * Long.BYTES)
                .sum());
        var name = names.iterator();
        for (var sum : byVariant.values()) {
            var next = name.next();
            buffer.putInt(next.length).put(next).putLong(sum.impressions()).putLong(sum.rows());
        }
        return buffer.array();
    }

    boolean isEmpty() {
        return byVariant.isEmpty();
    }

    /** Impressions of all variants. */
    long impressions() {
        return byVariant.values().stream().mapToLong(Sum::impressions).reduce(0, Math::addExact);
    }

    /** Replaces one count of a variant by another; null stands for none. */
    Totals replace(String variant, Long before, Long after) {
        var old = byVariant.getOrDefault(variant, new Sum(0, 0));
        long impressions = Math.addExact(
                Math.subtractExact(old.impressions(), before == null ? 0 : before), after == null ? 0 : after);
        long rows = old.rows() - (before == null ? 0 : 1) + (after == null ? 0 : 1);
        var sums = new TreeMap<>(byVariant);
        if (rows == 0) {
            sums.remove(variant);
        } else {
            sums.put(variant, new Sum(impressions, rows));
        }
        return new Totals(sums);
    }
}

package dev.afterglow.streams.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** Counts by key, with their sum. Keys are the text of an {@code ImpressionKey}: identity, UTC hour, variant. */
final class Tally {

    private final Map<String, Long> counts = new HashMap<>();
    private long sum;

    void add(String key, long count) {
        counts.merge(key, count, Math::addExact);
        sum = Math.addExact(sum, count);
    }

    /** Replaces what a key had: published counts are whole counts. */
    void set(String key, long count) {
        var before = counts.put(key, count);
        sum = Math.addExact(sum, count - (before == null ? 0 : before));
    }

    long sum() {
        return sum;
    }

    int keys() {
        return counts.size();
    }

    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** The keys whose counts differ. */
    long differences(Tally other) {
        var keys = new HashSet<>(counts.keySet());
        keys.addAll(other.counts.keySet());
        return keys.stream()
                .filter(key -> !counts.getOrDefault(key, 0L).equals(other.counts.getOrDefault(key, 0L)))
                .count();
    }
}

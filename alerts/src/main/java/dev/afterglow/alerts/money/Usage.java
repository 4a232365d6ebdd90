package dev.afterglow.alerts.money;

import java.util.List;

/**
 * What one experiment used in a period.
 *
 * @param <K> what the caller calls an experiment
 * @param key the experiment
 * @param impressions impressions by pricing segment; a list that is too short ends in zeros
 * @param leftover leftover impressions by pricing segment, each at most the impressions there; likewise
 */
public record Usage<K>(K key, List<Long> impressions, List<Long> leftover) {

    long impressionsIn(int segment) {
        return segment < impressions.size() ? impressions.get(segment) : 0;
    }

    long leftoverIn(int segment) {
        return segment < leftover.size() ? leftover.get(segment) : 0;
    }

    void check(int segments) {
        if (impressions.size() > segments || leftover.size() > segments) {
            throw new IllegalArgumentException("usage of " + key + " has "
                    + Math.max(impressions.size(), leftover.size()) + " segments, but its period has " + segments
                    + ": add it up again for the price plans in force");
        }
        for (int i = 0; i < segments; i++) {
            if (leftoverIn(i) < 0 || leftoverIn(i) > impressionsIn(i)) {
                throw new IllegalArgumentException("usage of " + key + " in segment " + i + ": " + leftoverIn(i)
                        + " leftover impressions are no part of " + impressionsIn(i));
            }
        }
    }
}

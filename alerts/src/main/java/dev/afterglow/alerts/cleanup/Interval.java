package dev.afterglow.alerts.cleanup;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param start its start, inclusive
 * @param end its end, exclusive; null while it is open
 */
public record Interval(Instant start, Instant end) {

    /** Whether a whole stretch of time lies inside. */
    public boolean contains(Instant from, Instant to) {
        return !from.isBefore(start) && (end == null || !to.isAfter(end));
    }
}

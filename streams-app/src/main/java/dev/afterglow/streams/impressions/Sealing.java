package dev.afterglow.streams.impressions;

import java.time.Duration;
import java.time.Instant;

/**
 * When the count of an hour leaves the state for good.
 *
 * @param lateness an hour is not sealed before it ended so long ago on the watermark: until then its events may come
 * @param untouched an hour is not sealed before its count has stood still for so long on the watermark
 * @param interval how often a few counts are looked at
 * @param steps how many counts and experiments are looked at then
 */
record Sealing(Duration lateness, Duration untouched, Duration interval, int steps) {

    private static final Duration HOUR = Duration.ofHours(1);

    /** A week untouched; 50 looks a second, which passes 20,000 experiments in seven minutes. */
    static Sealing after(Duration lateness) {
        return new Sealing(lateness, Duration.ofDays(7), Duration.ofSeconds(10), 500);
    }

    /** Whether an hour is so old that only backfill still comes for it. */
    boolean isOld(Instant hour, Instant watermark) {
        return hour.plus(HOUR).isBefore(watermark.minus(lateness));
    }

    /** Whether a count that changed last at an instant has stood still for long enough. */
    boolean isUntouched(Instant touchedAt, Instant watermark) {
        return touchedAt.isBefore(watermark.minus(untouched));
    }
}

package dev.afterglow.streams.year;

import java.time.Instant;

/** Reckoning in milliseconds since 1970, for {@link YearOracle} and what it asks. */
final class YearTime {

    static final long HOUR = 3_600_000;
    static final long DAY = 24 * HOUR;
    static final long QUARTER = HOUR / 4;

    private YearTime() {}

    static long millis(Instant instant) {
        return instant.toEpochMilli();
    }

    /** The start of the hour of a time. */
    static long hourOf(long at) {
        return at - at % HOUR;
    }

    /** The first time at or after one that is a multiple of a length. */
    static long ceil(long at, long grain) {
        return at + Math.floorMod(-at, grain);
    }
}

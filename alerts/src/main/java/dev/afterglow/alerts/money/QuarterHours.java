package dev.afterglow.alerts.money;

import java.time.Instant;

/** The grid on which impressions are kept and plans change. */
final class QuarterHours {

    private static final long MILLIS = 15 * 60 * 1000L;

    private QuarterHours() {}

    static Instant floor(Instant instant) {
        return Instant.ofEpochMilli(Math.multiplyExact(Math.floorDiv(instant.toEpochMilli(), MILLIS), MILLIS));
    }

    static Instant ceil(Instant instant) {
        var floor = floor(instant);
        return floor.equals(instant) ? floor : floor.plusMillis(MILLIS);
    }
}

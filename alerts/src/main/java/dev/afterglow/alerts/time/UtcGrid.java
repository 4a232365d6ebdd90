package dev.afterglow.alerts.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Rounding to the UTC hours and quarter-hours on which impressions are counted. */
public final class UtcGrid {

    /** The finest step at which impressions are counted. */
    public static final Duration QUARTER = Duration.ofMinutes(15);

    private UtcGrid() {}

    /** The full UTC hour at or before an instant. */
    public static Instant floorHour(Instant at) {
        return at.truncatedTo(ChronoUnit.HOURS);
    }

    /** The full UTC hour at or after an instant. */
    public static Instant ceilHour(Instant at) {
        var floor = floorHour(at);
        return floor.equals(at) ? floor : floor.plus(1, ChronoUnit.HOURS);
    }

    /** The full UTC hour after an instant, never the instant itself. */
    public static Instant nextHour(Instant at) {
        return floorHour(at).plus(1, ChronoUnit.HOURS);
    }

    /** The start of the quarter-hour in which an instant lies. */
    public static Instant floorQuarter(Instant at) {
        long second = at.getEpochSecond();
        return Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER.toSeconds()));
    }

    /** The start of the first quarter-hour that lies wholly at or after an instant. */
    public static Instant ceilQuarter(Instant at) {
        var floor = floorQuarter(at);
        return floor.equals(at) ? floor : floor.plus(QUARTER);
    }

    /** How many whole quarter-hours lie between two instants; negative when the second is the earlier one. */
    public static long quartersBetween(Instant from, Instant to) {
        // Duration.dividedBy reckons in BigDecimal: it took an eighth of the time of a case that is told of.
        return from.until(to, ChronoUnit.SECONDS) / QUARTER.toSeconds();
    }

    /** Whether an instant is a full UTC hour. */
    public static boolean isHour(Instant at) {
        return floorHour(at).equals(at);
    }
}

package dev.afterglow.streams.flow;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Quarter-hours, the grain in which traffic is kept, and the hours and days they belong to. All in UTC. */
public final class Quarters {

    /** Length of a quarter-hour in milliseconds. */
    public static final long MILLIS = 15 * 60_000L;

    /** Quarter-hours in an hour. */
    public static final int PER_HOUR = 4;

    /** Quarter-hours in a day. */
    public static final int PER_DAY = 96;

    private Quarters() {}

    /** Start of the quarter-hour in which an instant lies. */
    public static Instant quarterOf(Instant instant) {
        long millis = instant.toEpochMilli();
        return Instant.ofEpochMilli(millis - Math.floorMod(millis, MILLIS));
    }

    /** Start of the hour in which an instant lies. */
    public static Instant hourOf(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }

    /** Start of the day in which an instant lies. */
    public static Instant dayOf(Instant instant) {
        return instant.truncatedTo(ChronoUnit.DAYS);
    }

    /** Which quarter-hour of its hour starts at an instant: 0 to 3. */
    public static int inHour(Instant quarter) {
        return (int) Math.floorMod(quarter.toEpochMilli() / MILLIS, (long) PER_HOUR);
    }

    /** Which quarter-hour of its day starts at an instant: 0 to 95. */
    public static int inDay(Instant quarter) {
        return (int) Math.floorMod(quarter.toEpochMilli() / MILLIS, (long) PER_DAY);
    }
}

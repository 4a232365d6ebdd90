package dev.afterglow.streams.demo;

import java.time.Duration;

/**
 * How a demo runs.
 *
 * @param events valid events, before repeats and rubbish; 1,000 or more
 * @param seed decides everything that looks like chance
 * @param exit whether it ends with a report when the traffic is through, or goes on with live traffic
 * @param liveFor how long live traffic goes on unless it is interrupted
 * @param livePerSecond events of live traffic a second, 1 to 1,000
 * @param reportPatience how long after settling the report may wait for the watermark, on which alerts are judged
 */
public record DemoOptions(
        long events, long seed, boolean exit, Duration liveFor, int livePerSecond, Duration reportPatience) {

    /** Number of valid events unless told otherwise. */
    public static final long DEFAULT_EVENTS = 200_000;

    /**
     * @throws IllegalArgumentException when a value is out of range
     */
    public DemoOptions {
        if (events < TrafficGenerator.MINIMUM_EVENTS) {
            throw new IllegalArgumentException("--events " + events + " is too few: give "
                    + TrafficGenerator.MINIMUM_EVENTS + " or more, so that every experiment gets some");
        }
        if (livePerSecond < 1 || livePerSecond > 1_000) {
            throw new IllegalArgumentException(
                    "live traffic of " + livePerSecond + " events a second is not 1 to 1000");
        }
    }

    /** With the usual live traffic: 50 events a second for up to 12 hours. */
    public static DemoOptions of(long events, long seed, boolean exit) {
        return new DemoOptions(events, seed, exit, Duration.ofHours(12), 50, Duration.ofSeconds(30));
    }
}

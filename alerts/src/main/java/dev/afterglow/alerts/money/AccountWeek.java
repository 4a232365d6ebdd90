package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import java.time.Duration;
import java.time.Instant;

/**
 * What an account used in 7 days.
 *
 * @param impressions its impressions; 0 or more
 * @param first the hour of its first impression, or the end where there is none: before it the account had no rate
 * @param end end of the 7 days, a full quarter-hour
 */
public record AccountWeek(long impressions, Instant first, Instant end) {

    /** How long that is. */
    public static final Duration LENGTH = Duration.ofDays(7);

    private static final int QUARTERS_PER_HOUR = 4;

    /** How many quarter-hours there are. */
    public static int quarters() {
        return (int) LENGTH.dividedBy(UtcGrid.QUARTER);
    }

    /**
     * Adds up its quarter-hours.
     *
     * @param quarters impressions of each, the last of them before the end; what is negative for a moment counts as none
     * @throws ArithmeticException when the sum does not fit 64 bits
     */
    public static AccountWeek of(long[] quarters, Instant end) {
        long sum = 0;
        int first = quarters.length;
        for (int i = quarters.length - 1; i >= 0; i--) {
            if (quarters[i] > 0) {
                sum = Math.addExact(sum, quarters[i]);
                first = i - i % QUARTERS_PER_HOUR;
            }
        }
        return new AccountWeek(sum, end.minus(UtcGrid.QUARTER.multipliedBy(quarters.length - first)), end);
    }

    long length() {
        return UtcGrid.quartersBetween(first, end);
    }
}

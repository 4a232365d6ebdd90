package dev.afterglow.alerts.money;

import java.math.BigInteger;

/**
 * So many impressions in so many quarter-hours.
 *
 * @param impressions 0 or more
 * @param quarters length of the time in which they came; none come at no rate when it is 0
 */
record Rate(long impressions, long quarters) {

    /** How many come in the quarter-hours between two, counted from now on. */
    long between(long from, long to) {
        return upTo(to) - upTo(from);
    }

    private long upTo(long end) {
        return quarters == 0
                ? 0
                : BigInteger.valueOf(impressions)
                        .multiply(BigInteger.valueOf(end))
                        .divide(BigInteger.valueOf(quarters))
                        .longValueExact();
    }
}

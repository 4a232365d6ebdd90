package dev.afterglow.alerts.explained;

import dev.afterglow.alerts.money.AccountWeek;
import dev.afterglow.alerts.money.PeriodUsage;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What an account used up to an alert.
 *
 * @param period its traffic of the period
 * @param week what it used in the last 7 days
 */
public record AccountUse(PeriodUsage period, AccountWeek week) {

    /** What so many of its priced impressions are charged with, micro-units: their part of what it owes, rounded down. */
    long costMicros(long priced) {
        long all = period.priced(until());
        return all == 0
                ? 0
                : BigInteger.valueOf(period.costMicros(until()))
                        .multiply(BigInteger.valueOf(Math.min(all, priced)))
                        .divide(BigInteger.valueOf(all))
                        .longValueExact();
    }

    /** What so many impressions more cost at the price of the next one, micro-units, rounded half up. */
    long nextMicros(long impressions) {
        return period.marginalAt(until()).times(impressions).rounded();
    }

    private Instant until() {
        return week.end();
    }
}

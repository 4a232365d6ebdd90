package dev.afterglow.alerts.explained;

import dev.afterglow.alerts.money.AccountWeek;
import dev.afterglow.alerts.money.MarginalPrice;
import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.alerts.money.SharedCost;

/** What an account used up to an alert. */
public final class AccountUse {

    private final PeriodUsage period;
    private final AccountWeek week;
    private final SharedCost cost;
    private final MarginalPrice next;

    /**
     * @param period its traffic of the period
     * @param week what it used in the last 7 days
     * @throws ArithmeticException when its cost does not fit 64 bits
     */
    public AccountUse(PeriodUsage period, AccountWeek week) {
        this.period = period;
        this.week = week;
        cost = period.sharedCost(week.end());
        next = period.marginalAt(week.end());
    }

    /** Its traffic of the period. */
    public PeriodUsage period() {
        return period;
    }

    /** The same for a part of the account, which has no part in fee and minimum. */
    AccountUse usageOnly() {
        return new AccountUse(period.usageOnly(), week);
    }

    AccountWeek week() {
        return week;
    }

    /** What so many of its priced impressions are charged with, micro-units: their part of what it owes, rounded down. */
    long costMicros(long some) {
        return cost.part(some);
    }

    /** What so many impressions more cost at the price of the next one, micro-units, rounded half up. */
    long nextMicros(long impressions) {
        return next.times(impressions).rounded();
    }
}

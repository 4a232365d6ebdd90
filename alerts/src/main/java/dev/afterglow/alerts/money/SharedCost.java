package dev.afterglow.alerts.money;

import java.math.BigInteger;

/**
 * What an account owes for impressions that it pays together: a part of them pays by its number.
 *
 * <pre>
 * part = micros * impressions of the part / impressions, rounded down
 * </pre>
 *
 * @param micros what is owed, micro-units; 0 or more
 * @param impressions impressions that have a price; 0 or more
 */
public record SharedCost(long micros, long impressions) {

    /**
     * The cost of impressions of a period.
     *
     * @param prices what is paid for them
     * @param bySegment impressions by segment; each 0 or more
     * @throws ArithmeticException when the cost or the impressions do not fit 64 bits
     */
    static SharedCost of(PeriodPricing prices, long[] bySegment) {
        return new SharedCost(prices.cost(bySegment).rounded(), prices.priced(bySegment));
    }

    /**
     * What a part pays, micro-units.
     *
     * @param some its impressions that have a price, 0 or more; more than there are count as all
     * @return 0 up to all that is owed; 0 where no impression has a price
     */
    public long part(long some) {
        return impressions == 0
                ? 0
                : BigInteger.valueOf(micros)
                        .multiply(BigInteger.valueOf(Math.min(impressions, some)))
                        .divide(BigInteger.valueOf(impressions))
                        .longValueExact();
    }
}

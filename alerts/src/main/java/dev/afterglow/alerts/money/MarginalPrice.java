package dev.afterglow.alerts.money;

import java.math.BigInteger;

/**
 * Price of the next impression.
 *
 * @param micros price of one block in micro-units; 0 inside the included quota, while the minimum covers it, and
 *     without a plan
 * @param perImpressions impressions in one block; 1 or more; where a started block is charged whole, an impression has its part
 *     of it here too, on average
 */
public record MarginalPrice(long micros, long perImpressions) {

    /** What an impression costs that costs nothing. */
    public static final MarginalPrice FREE = new MarginalPrice(0, 1);

    /**
     * What so many impressions cost at this price, exactly.
     *
     * @param impressions 0 or more
     */
    public ExactMicros times(long impressions) {
        return new ExactMicros(
                BigInteger.valueOf(micros).multiply(BigInteger.valueOf(impressions)),
                BigInteger.valueOf(perImpressions));
    }
}

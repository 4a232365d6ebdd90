package dev.afterglow.alerts.money;

import java.time.Duration;

/** What a period costs whose impressions come evenly over all of it. */
public final class EvenUse {

    private EvenUse() {}

    /**
     * Cost in micro-units, fee and minimum included: split over the segments of the period by their length, and priced as a bill is.
     *
     * @param impressions of the period; 0 or more
     * @throws ArithmeticException when the cost does not fit 64 bits
     */
    public static long costMicros(PeriodPricing pricing, long impressions) {
        long[] lengths = pricing.segments().stream()
                .mapToLong(segment ->
                        Duration.between(segment.start(), segment.end()).toSeconds())
                .toArray();
        return pricing.cost(Shares.byLargestRemainder(impressions, lengths)).rounded();
    }
}

package dev.afterglow.alerts.forecast;

import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.Shares;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.LongStream;

/**
 * Prices a forecast as if it were the end of the month. Full days are priced by the plan in force at their start, what is to
 * come is spread evenly over the rest of the period, so that a plan that takes over in between prices its part.
 */
public final class ForecastPricing {

    private final PeriodPricing pricing;
    private final long[] known;
    private final long[] rest;

    /**
     * @param pricing prices of the period
     * @param days the full days of the period that are known
     * @param zone zone of the days
     */
    public ForecastPricing(PeriodPricing pricing, DailySeries days, ZoneId zone) {
        this.pricing = pricing;
        this.known = new long[pricing.segments().size()];
        for (int i = 0; i < days.counts().size(); i++) {
            int segment = segmentAt(days.day(i).atStartOfDay(zone).toInstant());
            known[segment] = Math.addExact(known[segment], days.counts().get(i));
        }
        this.rest = rest(days.end().atStartOfDay(zone).toInstant());
    }

    /**
     * Cost of the period, rounded half up.
     *
     * @param impressions impressions at its end; those of the known days or more
     * @return micro-units of the currency of the period
     * @throws IllegalArgumentException when there are fewer impressions than are known
     * @throws ArithmeticException when the cost does not fit 64 bits
     */
    public long cost(long impressions) {
        long more = Math.subtractExact(impressions, LongStream.of(known).sum());
        var all = Shares.byLargestRemainder(more, rest);
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.addExact(all[i], known[i]);
        }
        return pricing.cost(all).rounded();
    }

    private int segmentAt(Instant instant) {
        int found = 0;
        for (int i = 1; i < known.length && !pricing.segments().get(i).start().isAfter(instant); i++) {
            found = i;
        }
        return found;
    }

    /** Milliseconds of each segment that are left; when none are, what is to come belongs to the last. */
    private long[] rest(Instant from) {
        var left = new long[known.length];
        for (int i = 0; i < left.length; i++) {
            var segment = pricing.segments().get(i);
            var start = segment.start().isAfter(from) ? segment.start() : from;
            left[i] = Math.max(0, Duration.between(start, segment.end()).toMillis());
        }
        if (LongStream.of(left).allMatch(millis -> millis == 0)) {
            left[left.length - 1] = 1;
        }
        return left;
    }
}

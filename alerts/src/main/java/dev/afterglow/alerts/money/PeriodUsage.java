package dev.afterglow.alerts.money;

import dev.afterglow.alerts.time.UtcGrid;
import java.time.Instant;
import java.util.stream.LongStream;

/** Impressions of one period by the quarter-hour: how many there were up to any of them, and what they cost. */
public final class PeriodUsage {

    private final PeriodPricing pricing;
    private final long[] sums;

    /**
     * Adds up the quarter-hours.
     *
     * @param pricing prices of the period
     * @param quarters impressions of its quarter-hours, the first of them that at its start; what is negative for a moment,
     *     while a correction is under way, counts as none; a list that is too short ends in zeros
     * @throws ArithmeticException when the sum does not fit 64 bits
     */
    public PeriodUsage(PeriodPricing pricing, long[] quarters) {
        this.pricing = pricing;
        sums = new long[quarters.length + 1];
        for (int i = 0; i < quarters.length; i++) {
            sums[i + 1] = Counts.plus(sums[i], Math.max(0, quarters[i]));
        }
    }

    private PeriodUsage(PeriodPricing pricing, PeriodUsage other) {
        this.pricing = pricing;
        this.sums = other.sums;
    }

    /** The same in the prices by which a part of an account pays, see {@link PeriodPricing#usageOnly}. */
    public PeriodUsage usageOnly() {
        return new PeriodUsage(pricing.usageOnly(), this);
    }

    /** Prices of the period. */
    public PeriodPricing pricing() {
        return pricing;
    }

    /** Quarter-hours of a period. */
    public static int quartersOf(PeriodPricing pricing) {
        return (int) quarters(pricing.start(), pricing.end());
    }

    /** Impressions up to an instant. */
    public long impressions(Instant until) {
        return LongStream.of(bySegment(until)).sum();
    }

    /** Impressions up to an instant that have a price. */
    public long priced(Instant until) {
        return pricing.priced(bySegment(until));
    }

    /** Exact cost of the impressions up to an instant by their tiers, without fee and minimum. */
    public ExactMicros usage(Instant until) {
        return pricing.usage(bySegment(until));
    }

    /**
     * Price of the next impression at an instant; where no segment of the period is, as at its end or while a change of zone
     * leaves time to another period, of one more in the last segment before.
     */
    public MarginalPrice marginalAt(Instant instant) {
        int segment = 0;
        while (segment + 1 < pricing.segments().size()
                && !pricing.segments().get(segment + 1).start().isAfter(instant)) {
            segment++;
        }
        return pricing.marginalAt(segment, bySegment(instant));
    }

    /**
     * Cost of the period for the impressions up to an instant, micro-units; fee and minimum are owed from its start on.
     *
     * @throws ArithmeticException when it does not fit 64 bits
     */
    public long costMicros(Instant until) {
        return pricing.cost(bySegment(until)).rounded();
    }

    /**
     * The same, to be shared by the impressions that have a price.
     *
     * @throws ArithmeticException when it does not fit 64 bits
     */
    public SharedCost sharedCost(Instant until) {
        return SharedCost.of(pricing, bySegment(until));
    }

    /** Impressions up to an instant, by segment. */
    long[] bySegment(Instant until) {
        long[] impressions = new long[pricing.segments().size()];
        for (int i = 0; i < impressions.length; i++) {
            var segment = pricing.segments().get(i);
            var end = segment.end().isBefore(until) ? segment.end() : until;
            impressions[i] = end.isAfter(segment.start()) ? sumUpTo(end) - sumUpTo(segment.start()) : 0;
        }
        return impressions;
    }

    private long sumUpTo(Instant instant) {
        return sums[(int) Math.max(0, Math.min(sums.length - 1, quarters(pricing.start(), instant)))];
    }

    private static long quarters(Instant from, Instant to) {
        return UtcGrid.quartersBetween(from, to);
    }
}

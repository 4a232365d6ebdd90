package dev.afterglow.alerts.money;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a period costs besides its impressions.
 *
 * @param fee flat fee of the period
 * @param minimum least that the period costs, the fee included
 */
record PeriodCharges(ExactMicros fee, ExactMicros minimum) {

    static final PeriodCharges NONE = new PeriodCharges(ExactMicros.ZERO, ExactMicros.ZERO);

    /** Those of the plans of a period, of each its part by time; segments without a price have none. */
    static PeriodCharges of(List<PricingSegment> segments) {
        if (segments.stream().noneMatch(PeriodCharges::charges)) {
            // Asked at every hour of every case; most plans have none.
            return NONE;
        }
        return new PeriodCharges(
                mean(segments, PriceSchedule::flatFeeMicros), mean(segments, PriceSchedule::minimumMicros));
    }

    private static boolean charges(PricingSegment segment) {
        return segment.schedule().isPresent()
                && (segment.schedule().get().flatFeeMicros() > 0
                        || segment.schedule().get().minimumMicros() > 0);
    }

    private static ExactMicros mean(List<PricingSegment> segments, ToLongFunction<PriceSchedule> micros) {
        var sum = BigInteger.ZERO;
        var whole = BigInteger.ZERO;
        for (var segment : segments) {
            var length = BigInteger.valueOf(
                    Duration.between(segment.start(), segment.end()).toMillis());
            whole = whole.add(length);
            sum = sum.add(length.multiply(BigInteger.valueOf(
                    segment.schedule().map(micros::applyAsLong).orElse(0L))));
        }
        return sum.signum() == 0 ? ExactMicros.ZERO : new ExactMicros(sum, whole);
    }

    boolean isNone() {
        return fee.isZero() && minimum.isZero();
    }

    /** What is owed for a period whose impressions cost so much. */
    ExactMicros owed(ExactMicros usage) {
        var sum = fee.isZero() ? usage : usage.plus(fee);
        return minimum.isZero() ? sum : sum.max(minimum);
    }

    /** What is left of the minimum when impressions have cost so much. */
    ExactMicros left(ExactMicros usage) {
        return minimum.less(usage.plus(fee));
    }
}

package dev.afterglow.alerts.spike;

import dev.afterglow.alerts.money.BillingPeriod;
import dev.afterglow.alerts.money.ExactMicros;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.alerts.money.PriceSchedule;
import dev.afterglow.alerts.time.UtcGrid;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a spike costs, at the margin: priced as the last impressions of the account so far, and as the next ones. A flat fee is
 * none of it, nor is what the minimum of the plan covers by what the account has used so far.
 *
 * @param period calendar month, {@code YYYY-MM}
 * @param currency ISO 4217 code; XXX without a price plan
 * @param spendMicros what the account has spent in the period so far, fee and minimum included
 * @param soFarMicros cost of the impressions above the usual; null without a price
 * @param dayEndMicros cost by the end of the local day on top, if it goes on; null without a price
 * @param periodEndMicros the same by the end of the period
 */
record SpikeCost(
        String period, String currency, long spendMicros, Long soFarMicros, Long dayEndMicros, Long periodEndMicros) {

    /**
     * Prices a spike.
     *
     * @param usage what the account used in the period of the quarter-hour
     * @param quarterEnd end of the quarter-hour
     * @param soFar impressions above the usual since the start of the spike
     * @param perQuarter impressions above the usual in the quarter-hour
     */
    static SpikeCost of(PeriodUsage usage, Instant quarterEnd, long soFar, long perQuarter) {
        var pricing = usage.pricing();
        var quarter = quarterEnd.minus(UtcGrid.QUARTER);
        var prices = new Prices(
                pricing, pricing.segments().get(pricing.segmentOf(quarter)).schedule(), usage.usage(quarterEnd));
        long position = usage.priced(quarterEnd);
        var dayEnd = quarter.atZone(pricing.zone())
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(pricing.zone())
                .toInstant();
        return new SpikeCost(
                new BillingPeriod(pricing.month(), pricing.zone()).text(),
                pricing.currency(),
                usage.costMicros(quarterEnd),
                prices.ofLast(Math.max(0, position - soFar), position),
                prices.ofNext(position, after(position, perQuarter, quarterEnd, dayEnd)),
                prices.ofNext(position, after(position, perQuarter, quarterEnd, pricing.end())));
    }

    private static long after(long position, long perQuarter, Instant from, Instant to) {
        long quarters = Math.max(0, UtcGrid.quartersBetween(from, to));
        try {
            return Math.addExact(position, Math.multiplyExact(perQuarter, quarters));
        } catch (ArithmeticException beyond) {
            return Long.MAX_VALUE;
        }
    }

    /** Prices of the quarter-hour, and what all impressions up to its end cost without fee and minimum. */
    private record Prices(PeriodPricing pricing, Optional<PriceSchedule> schedule, ExactMicros used) {

        Long ofLast(long from, long to) {
            return rounded(cost -> pricing.beyondMinimum(used.less(cost), cost), from, to);
        }

        Long ofNext(long from, long to) {
            return rounded(cost -> pricing.beyondMinimum(used, cost), from, to);
        }

        private Long rounded(UnaryOperator<ExactMicros> beyondMinimum, long from, long to) {
            try {
                return schedule.map(prices ->
                                beyondMinimum.apply(prices.cost(from, to)).rounded())
                        .orElse(null);
            } catch (ArithmeticException beyond) {
                // A guess that fits no number is no reason to stop billing.
                return null;
            }
        }
    }
}

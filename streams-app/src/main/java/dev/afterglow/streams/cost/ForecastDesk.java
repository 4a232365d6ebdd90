package dev.afterglow.streams.cost;

import dev.afterglow.alerts.forecast.ForecastMethod;
import dev.afterglow.alerts.forecast.MonthEstimate;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.Shares;
import dev.afterglow.contract.Forecast;
import dev.afterglow.streams.flow.Quarters;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the period of an account will end: estimated from its full days, in the zone of its calendar, and priced exactly.
 * What is to come is spread evenly over the rest of the period, for a price plan may change in it.
 */
final class ForecastDesk {

    /** As many days before the month as a method looks back, and as many again as it takes to know how far it was off. */
    private static final int DAYS_BEFORE = 130;

    private final ScopeBook scopes;
    private final ForecastMethod method;
    private final Duration settle;

    /** @param settle how long after the end of a day its traffic is waited for */
    ForecastDesk(ScopeBook scopes, ForecastMethod method, Duration settle) {
        this.scopes = scopes;
        this.method = method;
        this.settle = settle;
    }

    /**
     * The forecast of a period.
     *
     * @param watermark everything that arrived before it is in the sums
     * @return empty while too little is known, before the first full day of the period, and when it is over
     */
    Optional<Forecast> of(PeriodKey period, PeriodPricing pricing, Instant watermark) {
        var last = LocalDate.ofInstant(watermark.minus(settle), pricing.zone()).minusDays(1);
        if (!YearMonth.from(last).equals(period.month())) {
            return Optional.empty();
        }
        var first = period.month().atDay(1).minusDays(DAYS_BEFORE);
        var from = Quarters.quarterOf(first.atStartOfDay(pricing.zone()).toInstant());
        var asOf = last.plusDays(1).atStartOfDay(pricing.zone()).toInstant();
        int count = (int) Duration.between(from, asOf).dividedBy(Duration.ofMillis(Quarters.MILLIS));
        long[] quarters = scopes.quarters(ScopeBook.account(period.account()), from, count);
        var days = days(quarters, from, pricing);
        return days.isEmpty()
                ? Optional.empty()
                : method.estimate(days, last).map(estimate -> priced(estimate, pricing, quarters, from, asOf));
    }

    /** Days before the first one with impressions are not known. */
    private static NavigableMap<LocalDate, Long> days(long[] quarters, Instant from, PeriodPricing pricing) {
        var days = new TreeMap<LocalDate, Long>();
        for (int i = 0; i < quarters.length; i++) {
            if (quarters[i] > 0 || !days.isEmpty()) {
                var day = LocalDate.ofInstant(from.plusMillis(i * Quarters.MILLIS), pricing.zone());
                days.merge(day, Math.max(0, quarters[i]), Math::addExact);
            }
        }
        return days;
    }

    private static Forecast priced(
            MonthEstimate estimate, PeriodPricing pricing, long[] quarters, Instant from, Instant asOf) {
        long[] soFar = new long[pricing.segments().size()];
        for (int i = 0; i < quarters.length; i++) {
            var quarter = from.plusMillis(i * Quarters.MILLIS);
            if (!quarter.isBefore(pricing.start())) {
                int segment = pricing.segmentOf(quarter);
                soFar[segment] = Math.addExact(soFar[segment], Math.max(0, quarters[i]));
            }
        }
        return new Forecast(
                estimate.method(),
                estimate.impressions(),
                cost(estimate.impressions(), soFar, pricing, asOf),
                cost(estimate.low(), soFar, pricing, asOf),
                cost(estimate.high(), soFar, pricing, asOf),
                asOf);
    }

    private static long cost(long expected, long[] soFar, PeriodPricing pricing, Instant asOf) {
        long[] left = pricing.segments().stream()
                .mapToLong(segment -> {
                    var start = segment.start().isAfter(asOf) ? segment.start() : asOf;
                    return Math.max(0, Duration.between(start, segment.end()).toMillis() / Quarters.MILLIS);
                })
                .toArray();
        long rest = Math.max(0, expected - Arrays.stream(soFar).sum());
        long[] impressions = soFar.clone();
        if (rest > 0 && Arrays.stream(left).sum() > 0) {
            long[] more = Shares.byLargestRemainder(rest, left);
            Arrays.setAll(impressions, i -> Math.addExact(soFar[i], more[i]));
        }
        return pricing.cost(impressions).rounded();
    }
}

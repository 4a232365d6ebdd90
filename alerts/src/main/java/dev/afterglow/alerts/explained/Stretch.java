package dev.afterglow.alerts.explained;

import dev.afterglow.alerts.money.AccountWeek;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.time.UtcGrid;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * The time that an explanation looks at.
 *
 * @param pricing prices of the period
 * @param until full quarter-hour up to which traffic counts; in the period or at its end
 * @param growthFrom start of the 7 full days before the last ones, in the calendar of the account
 * @param growthMiddle start of the last 7 full days
 * @param growthEnd end of the last full day
 */
public record Stretch(
        PeriodPricing pricing, Instant until, Instant growthFrom, Instant growthMiddle, Instant growthEnd) {

    private static final int WEEK = 7;

    /**
     * The stretch of an alert.
     *
     * @param pricing prices of the period of the alert
     * @param at time of the alert; a quarter-hour that has begun counts
     */
    public static Stretch of(PeriodPricing pricing, Instant at) {
        var end = UtcGrid.ceilQuarter(at);
        var until = end.isBefore(pricing.start()) ? pricing.start() : end.isAfter(pricing.end()) ? pricing.end() : end;
        var today = LocalDate.ofInstant(until, pricing.zone());
        return new Stretch(
                pricing,
                until,
                startOf(pricing, today.minusDays(2 * WEEK)),
                startOf(pricing, today.minusDays(WEEK)),
                startOf(pricing, today));
    }

    /** Start of the last 7 days, to the quarter-hour. */
    public Instant weekAgo() {
        return until.minus(AccountWeek.LENGTH);
    }

    /** The earliest instant that matters. */
    public Instant start() {
        return Stream.of(pricing.start(), growthFrom, weekAgo())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Whether nothing of the period is left. */
    public boolean ended() {
        return !until.isBefore(pricing.end());
    }

    private static Instant startOf(PeriodPricing pricing, LocalDate day) {
        return UtcGrid.ceilQuarter(day.atStartOfDay(pricing.zone()).toInstant());
    }
}

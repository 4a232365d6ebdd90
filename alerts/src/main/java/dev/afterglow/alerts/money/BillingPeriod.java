package dev.afterglow.alerts.money;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * A calendar month in a zone: from the first instant of its first day, up to the first instant of the next month's.
 *
 * <p>Where clocks are set back over midnight on the first, the earlier midnight begins the month, so that months neither
 * overlap nor leave a gap.
 *
 * @param month the month
 * @param zone zone of its calendar
 */
public record BillingPeriod(YearMonth month, ZoneId zone) {

    /** The period of an instant. */
    public static BillingPeriod containing(Instant instant, ZoneId zone) {
        var byDate = new BillingPeriod(YearMonth.from(instant.atZone(zone)), zone);
        // The date goes back behind the boundary when clocks are set back over it; the boundary decides.
        return instant.isBefore(byDate.end())
                ? byDate
                : new BillingPeriod(byDate.month().plusMonths(1), zone);
    }

    /** First instant of the period. */
    public Instant start() {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }

    /** First instant after the period. */
    public Instant end() {
        return month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
    }

    /** Whether an instant lies in the period. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(start()) && instant.isBefore(end());
    }

    /** The month, {@code YYYY-MM}; {@link YearMonth#parse(CharSequence)} reads it. */
    public String text() {
        return month.toString();
    }
}

package dev.afterglow.alerts.forecast;

import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The baseline: {@code impressions of the month so far / full days so far * days of the month}, not before three full days.
 * It says nothing of how sure it is: its interval is the estimate itself.
 */
public final class MonthToDate implements ForecastMethod {

    private static final int LEAST_DAYS = 3;

    @Override
    public String name() {
        return "month-to-date";
    }

    @Override
    public Optional<MonthEstimate> estimate(NavigableMap<LocalDate, Long> days, LocalDate last) {
        int elapsed = last.getDayOfMonth();
        if (elapsed < LEAST_DAYS || days.headMap(last, true).isEmpty()) {
            return Optional.empty();
        }
        long expected =
                Math.round((double) KnownDays.sum(days, last.withDayOfMonth(1), last) / elapsed * last.lengthOfMonth());
        return Optional.of(new MonthEstimate(name(), expected, expected, expected, last));
    }
}

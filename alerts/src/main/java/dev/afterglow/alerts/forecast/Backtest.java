package dev.afterglow.alerts.forecast;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Holds methods against days that are known: for every whole month, and on every day of it, what each would have said with
 * nothing but the days up to then.
 */
public final class Backtest {

    private Backtest() {}

    /**
     * What a method would have said on a day.
     *
     * @param month whose end it is about
     * @param day of the month, the last that was known
     * @param estimate empty when it would have said nothing
     * @param actual impressions of the month
     */
    public record Said(YearMonth month, int day, Optional<MonthEstimate> estimate, long actual) {

        /** How far it was off, as a part of the actual; empty when nothing was said. */
        public OptionalDouble error() {
            return estimate.isPresent() && actual > 0
                    ? OptionalDouble.of(Math.abs(estimate.get().impressions() - actual) / (double) actual)
                    : OptionalDouble.empty();
        }

        /** Whether it would have warned of a budget of so many per cent of the actual. */
        public boolean warns(int percent) {
            return estimate.filter(expected -> expected.impressions() * 100.0 >= (double) actual * percent)
                    .isPresent();
        }

        /** Whether the actual lies in its interval; false when nothing was said. */
        public boolean covers() {
            return estimate.filter(expected -> expected.low() <= actual && actual <= expected.high())
                    .isPresent();
        }
    }

    /** Everything that a method would have said, by month and day. */
    public static List<Said> run(ForecastMethod method, NavigableMap<LocalDate, Long> days) {
        var said = new ArrayList<Said>();
        for (var month : wholeMonths(days)) {
            long actual = KnownDays.sum(days, month.atDay(1), month.atEndOfMonth());
            for (int day = 1; day <= month.lengthOfMonth(); day++) {
                var last = month.atDay(day);
                said.add(new Said(month, day, method.estimate(days.headMap(last, true), last), actual));
            }
        }
        return List.copyOf(said);
    }

    /** The months of which all days are given. */
    public static List<YearMonth> wholeMonths(NavigableMap<LocalDate, Long> days) {
        if (days.isEmpty()) {
            return List.of();
        }
        var months = new ArrayList<YearMonth>();
        var last = YearMonth.from(days.lastKey());
        for (var month = YearMonth.from(days.firstKey()); !month.isAfter(last); month = month.plusMonths(1)) {
            if (days.subMap(month.atDay(1), true, month.atEndOfMonth(), true).size() == month.lengthOfMonth()) {
                months.add(month);
            }
        }
        return List.copyOf(months);
    }

    /** Mean of the errors on a day of the month, those of months in which nothing was said left out. */
    public static OptionalDouble meanError(List<Said> said, int day) {
        return said.stream()
                .filter(one -> one.day() == day)
                .map(Said::error)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
    }
}

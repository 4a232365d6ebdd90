package dev.afterglow.alerts.forecast;

import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Forecasts every month of a series on every day of it, from nothing but the days before, and compares with how it ended.
 *
 * @param months the whole months of the series that have impressions, in order
 */
public record BackTest(List<Month> months) {

    private static final int PERCENT = 100;
    private static final int BUDGET_REACHED = 90;
    private static final int BUDGET_NOT_REACHED = 110;

    /** Keeps the months from being changed. */
    public BackTest {
        months = List.copyOf(months);
    }

    /**
     * One month.
     *
     * @param month the month
     * @param actual impressions that it ended with; 1 or more
     * @param days what was forecast, from the evening of the third day to that of the last but one
     * @param warning early warning of a budget that the month exceeds, 90 % of its impressions
     * @param falseWarning day on which the method first expected a budget to be reached that was not, 110 % of the impressions
     */
    public record Month(YearMonth month, long actual, List<Day> days, Warning warning, OptionalInt falseWarning) {

        /** Keeps the days from being changed. */
        public Month {
            days = List.copyOf(days);
        }
    }

    /**
     * Forecasts of one day.
     *
     * @param day number of full days of the month that were known
     * @param known impressions of them
     * @param baseline by {@link ForecastMethod#LINEAR}
     * @param method by {@link ForecastMethod#best}
     */
    public record Day(int day, long known, MonthForecast baseline, MonthForecast method) {}

    /**
     * When a budget was expected to be reached, and when it was.
     *
     * @param expectedOn day of the month in whose evening the method first expected it; empty when never before it was
     * @param reachedOn day of the month on which it was reached
     */
    public record Warning(OptionalInt expectedOn, int reachedOn) {

        /** Whether the warning came before the day on which the budget was reached. */
        public boolean isEarly() {
            return expectedOn.isPresent();
        }
    }

    /** Back-tests a series. Months that it does not have whole are history only. */
    public static BackTest of(DailySeries series) {
        var first = YearMonth.from(series.first().plusDays(-1)).plusMonths(1);
        var end = YearMonth.from(series.end());
        return new BackTest(Stream.iterate(first, month -> month.isBefore(end), month -> month.plusMonths(1))
                .map(month -> month(series, month))
                .flatMap(Optional::stream)
                .toList());
    }

    /**
     * Mean absolute error over the months, in percent of what they ended with.
     *
     * @param day number of full days known
     * @param forecast which of the forecasts
     * @return not a number when no month has that day
     */
    public double error(int day, Function<Day, MonthForecast> forecast) {
        return months.stream()
                .flatMap(month -> month.days().stream()
                        .filter(candidate -> candidate.day() == day)
                        .map(candidate -> error(month, forecast.apply(candidate))))
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /** Mean absolute error over all days of all months, in percent of what they ended with. */
    public double error(Function<Day, MonthForecast> forecast) {
        return months.stream()
                .flatMap(month -> month.days().stream().map(day -> error(month, forecast.apply(day))))
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /** Absolute error of one forecast, in percent of what the month ended with. */
    public static double error(Month month, MonthForecast forecast) {
        return Math.abs((double) forecast.expected() - month.actual()) / month.actual() * PERCENT;
    }

    /** Part of all forecasts whose interval held the end of the month, 0 to 1. */
    public double intervalsThatHeld() {
        return months.stream()
                .flatMap(month -> month.days().stream()
                        .map(day -> day.method().low() <= month.actual()
                                && month.actual() <= day.method().high()))
                .mapToInt(held -> held ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /**
     * In how many months a budget was expected to be reached early enough: on a day on which it was not yet.
     *
     * @param percent amount of the budget, in percent of what each month ended with; above 100 it is never reached, and
     *     every warning is false
     * @param byDay last number of full days known at which a warning counts; the first is the third
     * @param forecast which of the forecasts
     */
    public long warned(int percent, int byDay, Function<Day, MonthForecast> forecast) {
        return months.stream()
                .filter(month -> {
                    long budget = percent(month.actual(), percent);
                    return month.days().stream()
                            .filter(day -> day.day() <= byDay && day.known() < budget)
                            .anyMatch(day -> forecast.apply(day).expected() >= budget);
                })
                .count();
    }

    private static Optional<Month> month(DailySeries series, YearMonth month) {
        var whole = series.from(month.atDay(1)).before(month.plusMonths(1).atDay(1));
        long actual = whole.sum();
        if (actual == 0) {
            return Optional.empty();
        }
        var days = new ArrayList<Day>();
        for (int day = ForecastMethod.FEWEST_DAYS; day < month.lengthOfMonth(); day++) {
            var known = series.before(month.atDay(day + 1));
            days.add(new Day(
                    day,
                    known.from(month.atDay(1)).sum(),
                    ForecastMethod.LINEAR.forecast(known, month).orElseThrow(),
                    ForecastMethod.best(known, month).orElseThrow()));
        }
        return Optional.of(new Month(month, actual, days, warning(whole, actual, days), falseWarning(actual, days)));
    }

    private static Warning warning(DailySeries whole, long actual, List<Day> days) {
        long budget = percent(actual, BUDGET_REACHED);
        int reachedOn = 0;
        long sum = 0;
        while (sum < budget) {
            sum += whole.counts().get(reachedOn);
            reachedOn++;
        }
        int limit = reachedOn;
        return new Warning(firstExpected(days.stream().filter(day -> day.day() < limit), budget), reachedOn);
    }

    private static OptionalInt falseWarning(long actual, List<Day> days) {
        return firstExpected(days.stream(), percent(actual, BUDGET_NOT_REACHED));
    }

    private static OptionalInt firstExpected(Stream<Day> days, long budget) {
        return days.filter(day -> day.method().expected() >= budget)
                .mapToInt(Day::day)
                .findFirst();
    }

    private static long percent(long impressions, int percent) {
        return BigInteger.valueOf(impressions)
                .multiply(BigInteger.valueOf(percent))
                .divide(BigInteger.valueOf(PERCENT))
                .longValueExact();
    }
}

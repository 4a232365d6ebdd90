package dev.afterglow.streams.backtest;

import dev.afterglow.alerts.forecast.BackTest;
import dev.afterglow.alerts.forecast.BackTest.Day;
import dev.afterglow.alerts.forecast.BackTest.Month;
import dev.afterglow.alerts.forecast.MonthForecast;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A back-test in figures, for people and for programs. */
public final class BackTestReport {

    private static final List<Integer> DAYS = List.of(5, 10, 15, 20);
    private static final int ALL = 100;
    /** Of what a month ended with, in percent: one that is reached, and one that is not. */
    private static final List<Integer> BUDGETS = List.of(90, 110);

    private static final List<Integer> WARNED_BY = List.of(10, 15, 20);

    private final BackTest test;

    /** @param test the back-test to report */
    public BackTestReport(BackTest test) {
        this.test = test;
    }

    /** Figures for programs. Errors are absolute, in percent of what a month ended with. */
    public record Json(
            List<Line> days, Error all, double intervalsThatHeld, List<Warned> warned, List<MonthLine> months) {}

    /** Months in which a budget of a percentage of the month was expected to be reached by a day on which it was not yet. */
    public record Warned(int budgetPercent, int byDay, long baseline, long method) {}

    /** Error of both methods. */
    public record Error(double baseline, double method) {}

    /** Mean error of both methods over the months, with so many days known. */
    public record Line(int day, Error error) {}

    /** One month; days are null where there was no warning. */
    public record MonthLine(
            String month,
            long impressions,
            List<Line> days,
            Integer expectedOn,
            int reachedOn,
            Integer falseWarningOn) {}

    /** For programs. */
    public Json json() {
        return new Json(
                DAYS.stream().map(day -> new Line(day, mean(day))).toList(),
                new Error(rounded(test.error(Day::baseline)), rounded(test.error(Day::method))),
                test.intervalsThatHeld(),
                BUDGETS.stream()
                        .flatMap(percent -> WARNED_BY.stream().map(day -> warned(percent, day)))
                        .toList(),
                test.months().stream().map(BackTestReport::line).toList());
    }

    /** For people: the errors by month, and which budgets were expected to be reached. */
    public String text() {
        var rows = test.months().stream().map(BackTestReport::row);
        var head = Stream.of(
                "Error of the month's end in percent, baseline > method, by the full days known",
                "",
                format("%-7s %13s", "month", "impressions") + cells(DAYS, day -> format("%15s", "day " + day))
                        + "   warned/reached");
        var last = Stream.of(
                // Not a sum of errors: those of months are means, so that each month weighs the same.
                format("%-7s %,13d", "all", impressions()) + cells(DAYS, day -> cell(mean(day))),
                "",
                format(
                        "All days: %.1f > %.1f. Intervals that held the end of the month: %.0f %%.",
                        test.error(Day::baseline), test.error(Day::method), test.intervalsThatHeld() * 100),
                format(
                        "A budget of 90 %% of the month was expected to be reached before it was in %d of %d months;",
                        count(month -> month.warning().isEarly()), test.months().size()),
                format(
                        "one of 110 %%, which is never reached, was expected to be in %d of %d.",
                        count(month -> month.falseWarning().isPresent()),
                        test.months().size()));
        return lines(Stream.of(head, rows, last).flatMap(Function.identity()));
    }

    /** For people: in how many months a budget was expected to be reached early, and how often in vain. */
    public String warningsText() {
        var head = Stream.of(
                "",
                "Months, of " + test.months().size()
                        + ", in which a budget was expected to be reached before it was, baseline > method",
                "",
                format("%-21s", "budget") + cells(WARNED_BY, day -> format("%15s", "by day " + day)));
        var rows = BUDGETS.stream()
                .map(percent -> format("%-21s", nameOf(percent))
                        + cells(WARNED_BY, day -> {
                            var warned = warned(percent, day);
                            return format("%7d > %5d", warned.baseline(), warned.method());
                        }));
        return lines(Stream.concat(head, rows));
    }

    private static String nameOf(int percent) {
        return percent + " %" + (percent > ALL ? ", never reached" : ", reached");
    }

    private Warned warned(int percent, int day) {
        return new Warned(
                percent, day, test.warned(percent, day, Day::baseline), test.warned(percent, day, Day::method));
    }

    private long impressions() {
        return test.months().stream().mapToLong(Month::actual).reduce(0, Math::addExact);
    }

    private long count(Predicate<Month> which) {
        return test.months().stream().filter(which).count();
    }

    private static String cells(List<Integer> days, IntFunction<String> cell) {
        return days.stream().map(cell::apply).collect(Collectors.joining());
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String row(Month month) {
        var expected = month.warning().expectedOn();
        return format(
                "%s %,13d%s   %s/%d",
                month.month(),
                month.actual(),
                cells(DAYS, day -> cell(error(month, day))),
                expected.isPresent() ? Integer.toString(expected.getAsInt()) : "-",
                month.warning().reachedOn());
    }

    private static MonthLine line(Month month) {
        return new MonthLine(
                month.month().toString(),
                month.actual(),
                DAYS.stream().map(day -> new Line(day, error(month, day))).toList(),
                orNull(month.warning().expectedOn()),
                month.warning().reachedOn(),
                orNull(month.falseWarning()));
    }

    private static Integer orNull(OptionalInt day) {
        return day.isPresent() ? day.getAsInt() : null;
    }

    private Error mean(int day) {
        return new Error(rounded(test.error(day, Day::baseline)), rounded(test.error(day, Day::method)));
    }

    private static Error error(Month month, int day) {
        var forecasts = month.days().stream()
                .filter(candidate -> candidate.day() == day)
                .findAny()
                .orElseThrow();
        Function<MonthForecast, Double> error = forecast -> rounded(BackTest.error(month, forecast));
        return new Error(error.apply(forecasts.baseline()), error.apply(forecasts.method()));
    }

    private static String cell(Error error) {
        return format("%7.1f > %5.1f", error.baseline(), error.method());
    }

    private static double rounded(double percent) {
        return Math.rint(percent * 100) / 100;
    }
}

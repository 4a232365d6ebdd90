package dev.afterglow.streams.backtest;

import dev.afterglow.alerts.forecast.BackTest;
import dev.afterglow.alerts.forecast.BackTest.Day;
import dev.afterglow.alerts.forecast.BackTest.Month;
import dev.afterglow.alerts.forecast.MonthForecast;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A back-test in figures, for people and for programs. */
public final class BackTestReport {

    private static final List<Integer> DAYS = List.of(5, 10, 15, 20);

    private final BackTest test;

    /** @param test the back-test to report */
    public BackTestReport(BackTest test) {
        this.test = test;
    }

    /** Figures for programs. Errors are absolute, in percent of what a month ended with. */
    public record Json(List<Line> days, Error all, double intervalsThatHeld, List<MonthLine> months) {}

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
                test.months().stream().map(BackTestReport::line).toList());
    }

    /** For people. */
    public String text() {
        var head = DAYS.stream()
                .map(day -> String.format(Locale.ROOT, "%15s", "day " + day))
                .collect(Collectors.joining());
        var rows = test.months().stream().map(BackTestReport::row);
        var last = Stream.of(
                "mean             "
                        + DAYS.stream()
                                .map(this::mean)
                                .map(BackTestReport::cell)
                                .collect(Collectors.joining()),
                "",
                String.format(
                        Locale.ROOT,
                        "All days: %.1f > %.1f. Intervals that held the end of the month: %.0f %%.",
                        test.error(Day::baseline),
                        test.error(Day::method),
                        test.intervalsThatHeld() * 100),
                warnings());
        return Stream.concat(
                        Stream.concat(
                                Stream.of(
                                        "Error of the month's end in percent, baseline > method, by the full days known",
                                        "",
                                        "month  impressions" + head.substring(1) + "   warned/reached"),
                                rows),
                        last)
                .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
    }

    private String warnings() {
        long early = test.months().stream()
                .filter(month -> month.warning().isEarly())
                .count();
        long wrong = test.months().stream()
                .filter(month -> month.falseWarning().isPresent())
                .count();
        int months = test.months().size();
        return "A budget of 90 % of the month was expected to be reached before it was in " + early + " of " + months
                + " months;" + System.lineSeparator() + "one of 110 %, which is never reached, was expected to be in "
                + wrong + " of " + months + ".";
    }

    private static String row(Month month) {
        var cells = DAYS.stream().map(day -> cell(error(month, day))).collect(Collectors.joining());
        var expected = month.warning().expectedOn();
        return String.format(
                Locale.ROOT,
                "%s %,9d%s   %s/%d",
                month.month(),
                month.actual(),
                cells,
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
        return String.format(Locale.ROOT, "%7.1f > %5.1f", error.baseline(), error.method());
    }

    private static double rounded(double percent) {
        return Math.rint(percent * 100) / 100;
    }
}

package dev.afterglow.streams.cli;

import dev.afterglow.alerts.forecast.Backtest;
import dev.afterglow.alerts.forecast.Backtest.Said;
import dev.afterglow.alerts.forecast.MonthToDate;
import dev.afterglow.alerts.forecast.RecentLevel;
import dev.afterglow.alerts.text.Columns;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code afterglow costs backtest}: how well the forecast would have done on real traffic. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description =
                "Says how far the forecast of a month's end would have been off on real traffic, beside month to date"
                        + " divided by elapsed days times the length of the month. Needs no cluster.",
        footer = {
            "",
            "FILE has a header, a day as YYYY-MM-DD in the first column and its impressions in the second. Whole months"
                    + " are looked at, each from what was known on the day. Errors are in per cent of the month; 'budget of"
                    + " 90 %%' is one of 90 %% of what the month came to, which a warning is right about, and one of 110 %% is"
                    + " one that was kept.",
            "",
            "Examples:",
            "  afterglow costs backtest daily-pageviews.csv"
        })
public final class BacktestCommand implements Callable<Integer> {

    private static final List<Integer> DAYS = List.of(5, 10, 15, 20);
    private static final int EXCEEDED = 90;
    private static final int KEPT = 110;

    @Parameters(paramLabel = "FILE", description = "CSV file with the impressions of each day.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var days = DailyFile.read(file);
        var months = Backtest.wholeMonths(days);
        if (months.isEmpty()) {
            throw new BadInputException(file + ": has no whole month: give every day of one at least");
        }
        var base = Backtest.run(new MonthToDate(), days);
        var ours = Backtest.run(new RecentLevel(), days);
        var out = spec.commandLine().getOut();
        errors(months, ours, base).forEach(out::println);
        out.println();
        warnings(months.size(), ours, base).forEach(out::println);
        out.println();
        out.printf(
                Locale.ROOT,
                "The interval of ours held the end of the month on %.0f %% of the days.%n",
                100 * share(ours.stream().filter(Said::covers).count(), ours));
        out.flush();
        return ExitCode.OK;
    }

    private static double share(long count, List<Said> said) {
        long all = said.stream().filter(one -> one.estimate().isPresent()).count();
        return all == 0 ? 0 : (double) count / all;
    }

    private static List<String> errors(List<YearMonth> months, List<Said> ours, List<Said> base) {
        var table = new Columns("ours / base", "day 5", "day 10", "day 15", "day 20");
        for (var month : months) {
            table.add(row(month.toString(), day -> pair(error(ours, month, day), error(base, month, day))));
        }
        table.add(row("mean", day -> pair(Backtest.meanError(ours, day), Backtest.meanError(base, day))));
        table.add("all days", pair(meanOfAll(ours, base), meanOfAll(base, ours)), "", "", "");
        return table.lines();
    }

    private static String[] row(String title, IntFunction<String> cell) {
        return Stream.concat(Stream.of(title), DAYS.stream().map(cell::apply)).toArray(String[]::new);
    }

    /** On the days on which both say something. */
    private static OptionalDouble meanOfAll(List<Said> said, List<Said> other) {
        return IntStream.range(0, said.size())
                .filter(i -> other.get(i).error().isPresent())
                .mapToObj(i -> said.get(i).error())
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
    }

    private static List<String> warnings(int months, List<Said> ours, List<Said> base) {
        var table = new Columns("of " + months + " months, warned by day", "5", "10", "15", "20");
        table.add(row("ours, of a budget of 90 % (true)", day -> warned(ours, EXCEEDED, day)));
        table.add(row("base, of a budget of 90 % (true)", day -> warned(base, EXCEEDED, day)));
        table.add(row("ours, of a budget of 110 % (false)", day -> warned(ours, KEPT, day)));
        table.add(row("base, of a budget of 110 % (false)", day -> warned(base, KEPT, day)));
        return table.lines();
    }

    /** In how many months the end of the day named, or of an earlier one, would have brought a warning. */
    private static String warned(List<Said> said, int percent, int upTo) {
        return Long.toString(said.stream()
                .filter(one -> one.day() <= upTo && one.warns(percent))
                .map(Said::month)
                .distinct()
                .count());
    }

    private static OptionalDouble error(List<Said> said, YearMonth month, int day) {
        return said.stream()
                .filter(one -> one.month().equals(month) && one.day() == day)
                .findFirst()
                .map(Said::error)
                .orElse(OptionalDouble.empty());
    }

    private static String pair(OptionalDouble ours, OptionalDouble base) {
        return percent(ours) + " / " + percent(base);
    }

    private static String percent(OptionalDouble error) {
        return error.isPresent() ? String.format(Locale.ROOT, "%.1f", 100 * error.getAsDouble()) : "-";
    }
}

package dev.afterglow.streams.cli;

import dev.afterglow.alerts.spike.SpikeBacktest;
import dev.afterglow.alerts.spike.SpikeBacktest.Burst;
import dev.afterglow.alerts.spike.SpikeRules;
import dev.afterglow.streams.backtest.DailyCsv;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code afterglow costs spikes}: which bursts of real traffic the alerts on spikes would have caught, and how soon. */
@Command(
        name = "spikes",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description = {
            "Says which bursts of real traffic the alerts on spikes would have caught, how soon, and how many alarms"
                    + " would have been false. Needs no cluster.",
        },
        footer = {
            "",
            "FILE has a header, a day as YYYY-MM-DD in the first column and its impressions in the second. Each day is"
                    + " spread over its quarter-hours by 1 + 0.6 cos(2 pi (t - 20 h) / 24 h), each of them up to 20 %%"
                    + " more or less by a chance that is the same on every run, and judged as one experiment in UTC.",
            "",
            "A burst is a run of days with at least twice the median of the 14 days before each; an alert that opens on"
                    + " any other day is a false alarm. 'after' is the time from the start of the burst's first day to"
                    + " the alert, the 2 minutes for which traffic is waited for among it; 0 min: open already.",
            "",
            "Examples:",
            "  afterglow costs spikes daily-pageviews.csv"
        })
public final class SpikesCommand implements Callable<Integer> {

    /** How long after the end of a quarter-hour it is judged. */
    private static final Duration SETTLE = Duration.ofMinutes(2);

    @Parameters(paramLabel = "FILE", description = "CSV file with the impressions of each day.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var report = SpikeBacktest.run(DailyCsv.read(file, DailyCsv.Columns.firstTwo()), SpikeRules.DEFAULTS);
        var out = spec.commandLine().getOut();
        out.println("burst       days  times usual  after");
        report.bursts().forEach(burst -> print(out, burst));
        out.println();
        out.println("month    bursts  caught  alerts  false alarms");
        report.months()
                .forEach(month -> out.printf(
                        Locale.ROOT,
                        "%s  %6d  %6d  %6d  %12d%n",
                        month.month(),
                        month.bursts(),
                        month.caught(),
                        month.alerts(),
                        month.falseAlarms()));
        out.printf(
                Locale.ROOT,
                "all      %6d  %6d  %6d  %12d%n",
                report.months().stream().mapToInt(SpikeBacktest.Month::bursts).sum(),
                report.months().stream().mapToInt(SpikeBacktest.Month::caught).sum(),
                report.months().stream().mapToInt(SpikeBacktest.Month::alerts).sum(),
                report.months().stream()
                        .mapToInt(SpikeBacktest.Month::falseAlarms)
                        .sum());
        out.flush();
        return ExitCode.OK;
    }

    private static void print(PrintWriter out, Burst burst) {
        var after = burst.caughtAfter()
                .map(time -> time.isZero() ? time : time.plus(SETTLE))
                .map(time -> time.toHours() > 0
                        ? time.toHours() + " h " + time.toMinutesPart() + " min"
                        : time.toMinutes() + " min")
                .orElse("missed");
        out.printf(
                Locale.ROOT,
                "%s  %4d  %9d.%d  %s%n",
                burst.first(),
                burst.days(),
                burst.timesTenths() / 10,
                burst.timesTenths() % 10,
                after);
    }
}

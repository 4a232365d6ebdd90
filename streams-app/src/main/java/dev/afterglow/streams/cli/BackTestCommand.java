package dev.afterglow.streams.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterglow.alerts.forecast.BackTest;
import dev.afterglow.alerts.forecast.DailySeries;
import dev.afterglow.streams.backtest.BackTestReport;
import dev.afterglow.streams.backtest.DailyCsv;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code afterglow costs backtest}: how far the forecast would have been off. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description = {
            "Forecasts the end of every month of a file of daily impressions, on every day of it and by nothing but the"
                    + " days before, and compares with how it ended. Needs no instance.",
            "baseline: month to date / days elapsed * days of the month. method: month to date, and the rest by level and"
                    + " weekdays of the last four weeks and the damped trend of the last thirteen; with less than two weeks known"
                    + " it is the baseline."
        },
        footer = {
            "",
            "warned/reached: day on which a budget of 90 %% of the month was first expected to be reached, - for never"
                    + " before it was, and day on which it was. all: impressions of all months, means of their errors.",
            "",
            "Examples:",
            "  afterglow costs backtest traffic.csv --date day --count impressions",
            "  afterglow costs backtest traffic.csv --warnings"
        })
public final class BackTestCommand implements Callable<Integer> {

    /** How it is printed. */
    enum Output {
        TABLE,
        JSON
    }

    @Parameters(paramLabel = "FILE.csv", description = "CSV file with a header; one row per day.")
    private Path file;

    @Option(
            names = "--date",
            paramLabel = "COLUMN",
            defaultValue = "date",
            description = "Column of the day, YYYY-MM-DD. Default: ${DEFAULT-VALUE}.")
    private String date;

    @Option(
            names = "--count",
            paramLabel = "COLUMN",
            defaultValue = "count",
            description = "Column of the impressions. Default: ${DEFAULT-VALUE}.")
    private String count;

    @Option(
            names = "--warnings",
            description = "Also count the months in which budgets of 90 and of 110 %% of the month were expected to be"
                    + " reached by the 10th, 15th and 20th day. JSON always has them.")
    private boolean warnings;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table or json. Default: ${DEFAULT-VALUE}.")
    private Output format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var days = DailyCsv.read(file, DailyCsv.Columns.named(date, count));
        var test = BackTest.of(DailySeries.of(days, days.lastKey().plusDays(1)));
        if (test.months().isEmpty()) {
            throw new BadInputException(file + " has no whole month: give the days of one from first to last");
        }
        var report = new BackTestReport(test);
        var out = spec.commandLine().getOut();
        if (format == Output.JSON) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()));
        } else {
            out.print(report.text());
            out.print(warnings ? report.warningsText() : "");
        }
        out.flush();
        return ExitCode.OK;
    }
}

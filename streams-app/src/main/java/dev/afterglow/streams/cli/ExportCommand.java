package dev.afterglow.streams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow costs export}: what an account owes for a month, a row for each experiment. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description = "Prints what an account owes for a month, by experiment. The rows sum to the account's"
                + " cost, to the micro-unit. Asks a running instance.",
        footer = {
            "",
            "The rows are the present state of the month, and say whether it is RUNNING, CLOSED (over, while late events"
                    + " still count), FINAL, or CORRECTED since it was final. In focus-csv a correction is a row of its own,"
                    + " of ChargeClass Correction, beside the one that was final. An export takes the place of the one before.",
            "Fee and minimum of the price plan are in the rows by impressions; what is owed for a month without any is a row"
                    + " without an experiment.",
            "Exit code 0 with an answer, 2 without: no such account or month, no price plan and so no currency"
                    + " (focus-csv), no instance at the address.",
            "",
            "Examples:",
            "  afterglow costs export --account acme --period 2026-11",
            "  afterglow costs export --account acme --period 2026-11 --format focus-csv > acme-2026-11.csv"
        })
public final class ExportCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final List<String> FORMATS = List.of("csv", "focus-csv", "json");

    @Option(names = "--account", required = true, paramLabel = "ACCOUNT", description = "The account.")
    private String account;

    @Option(names = "--period", required = true, paramLabel = "YYYY-MM", description = "The month.")
    private String period;

    @Option(
            names = "--format",
            defaultValue = "csv",
            paramLabel = "FORMAT",
            description = "csv, focus-csv (columns of FOCUS 1.2) or json. Default: ${DEFAULT-VALUE}.")
    private String format;

    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var path = path();
        if (!FORMATS.contains(format)) {
            throw new BadInputException("--format is '" + format + "': write csv, focus-csv or json");
        }
        var answer = Instance.get(instance.address(path), TIMEOUT);
        var out = spec.commandLine().getOut();
        switch (format) {
            case "csv" -> {
                var costs = read(answer);
                CostColumns.print(costs, CostShares.of(costs), CostColumns.PLAIN, out);
            }
            case "focus-csv" -> {
                var costs = read(answer);
                CostColumns.print(costs, FocusCharges.of(costs), CostColumns.FOCUS, out);
            }
            default -> out.println(answer.strip());
        }
        out.flush();
        return ExitCode.OK;
    }

    private String path() {
        try {
            return "/api/v1/accounts/" + URLEncoder.encode(account, StandardCharsets.UTF_8) + "/costs?period="
                    + YearMonth.parse(period);
        } catch (DateTimeParseException e) {
            throw new BadInputException("--period is '" + period + "': write a month as YYYY-MM, for example 2026-11");
        }
    }

    private static JsonNode read(String answer) {
        try {
            return new ObjectMapper().readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer is no JSON: is that an instance of Afterglow?", e);
        }
    }
}

package dev.afterglow.streams.cli;

import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.replay.FileFormat;
import dev.afterglow.streams.replay.Replay;
import dev.afterglow.streams.replay.ReplayPlan;
import dev.afterglow.streams.replay.ReplaySummary;
import dev.afterglow.streams.replay.Settling;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code afterglow replay}: somebody's log of impressions as evaluation events. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends a log of impressions as evaluation events, one per row, marked as backfill: history of any age counts.",
            "Templates take the columns of the file in braces: 'item-{item_id}'. '{{' and '}}' are single braces."
        },
        footer = {
            "",
            "Bad rows are named on standard error (the first 20), skipped and counted. Without --id, the id of an event",
            "is file name and row number, so that a second replay of the same file within 24 h adds nothing; to send",
            "the same file as another experiment give another --source.",
            "",
            "Exit code 0 when every good row was sent (and has settled, with --wait), 1 when not, or when a row was bad",
            "and --strict is given, 2 for options or columns that cannot be used.",
            "",
            "Examples:",
            "  afterglow replay clicks.csv --project shop --experiment 'item-{item_id}' \\",
            "      --variant 'position-{position}' --unit '{user}' --time timestamp --wait",
            "  afterglow replay log.jsonl.gz --project shop --experiment '{exp.key}' --variant '{exp.arm}' \\",
            "      --unit '{user.id}' --time ts --id '{event_id}' --time-format epoch-millis"
        })
public final class ReplayCommand implements Callable<Integer> {

    private final Clock clock;
    private final Function<AppConfig, ? extends Settling> settling;

    @Parameters(paramLabel = "FILE", description = "CSV with a header, or JSON Lines (.jsonl); .gz is unpacked.")
    private Path file;

    @Option(names = "--project", paramLabel = "P", required = true, description = "Project of the events.")
    private String project;

    @Option(
            names = "--environment",
            paramLabel = "E",
            defaultValue = "production",
            description = "Environment of the events. Default: ${DEFAULT-VALUE}.")
    private String environment;

    @Option(names = "--experiment", paramLabel = "TEMPLATE", required = true, description = "Key of the experiment.")
    private String experiment;

    @Option(names = "--variant", paramLabel = "TEMPLATE", required = true, description = "Key of the variant.")
    private String variant;

    @Option(names = "--unit", paramLabel = "TEMPLATE", required = true, description = "User or device.")
    private String unit;

    @Option(names = "--time", paramLabel = "FIELD", required = true, description = "Column with the time.")
    private String time;

    @Option(
            names = "--time-format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "auto (ISO 8601, or seconds or milliseconds since 1970), epoch-seconds, epoch-millis,"
                    + " epoch-micros, or a pattern such as 'dd/MMM/yyyy:HH:mm:ss Z'. Default: ${DEFAULT-VALUE}.")
    private String timeFormat;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Zone of times without an offset. Default: ${DEFAULT-VALUE}.")
    private String zone;

    @Option(names = "--id", paramLabel = "TEMPLATE", description = "Id of the event. Default: file name and row.")
    private String id;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            defaultValue = "replay",
            description = "Sender; ids are unique within it. Default: ${DEFAULT-VALUE}.")
    private String source;

    @Option(names = "--strict", description = "Exit with 1 when a row was bad.")
    private boolean strict;

    @Option(names = "--wait", description = "Return when the pipeline has settled.")
    private boolean waitUntilSettled;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How long --wait waits: 90s, 10m, 2h. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private CommandSpec spec;

    /** @param settling connects to what knows when the pipeline has settled */
    public ReplayCommand(Clock clock, Function<AppConfig, ? extends Settling> settling) {
        this.clock = clock;
        this.settling = settling;
    }

    @Override
    public Integer call() throws Exception {
        var config = connection.load();
        var summary = send(config);
        var out = spec.commandLine().getOut();
        out.println(summary);
        out.flush();
        if (!summary.complete()) {
            throw new IncompleteReplayException(summary);
        }
        if (waitUntilSettled && !settled(config, summary.newestArrival())) {
            return ExitCode.SOFTWARE;
        }
        return strict && summary.skipped() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private ReplaySummary send(AppConfig config) throws IOException {
        var topic = config.topics().evaluations();
        try (var opened = new Connection(config)) {
            var replay = new Replay(plan(), topic, opened, clock, this::report);
            var format = FileFormat.of(file.toString());
            try (var input = open()) {
                opened.requireTopics(List.of(topic));
                try (var producer = opened.producer(Map.of())) {
                    return replay.run(input, format, producer);
                }
            }
        }
    }

    private ReplayPlan plan() {
        return new ReplayPlan(
                file.getFileName().toString(),
                project,
                environment,
                experiment,
                variant,
                unit,
                time,
                timeFormat,
                zone,
                Optional.ofNullable(id),
                source);
    }

    private InputStream open() throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new BadInputException(file + " does not exist or cannot be read: check the path");
        }
        var raw = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
    }

    private boolean settled(AppConfig config, Optional<Instant> newestArrival) throws InterruptedException {
        if (newestArrival.isEmpty()) {
            return true;
        }
        report("waiting for the pipeline to settle");
        try (var waiting = settling.apply(config)) {
            var settled = waiting.await(newestArrival.get(), timeout);
            report(
                    settled
                            ? "settled"
                            : "not settled after " + timeout.toSeconds() + " s: is 'afterglow run' running?");
            return settled;
        }
    }

    private void report(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}

package dev.afterglow.streams.cli;

import dev.afterglow.streams.bench.Bench;
import dev.afterglow.streams.bench.BenchOptions;
import dev.afterglow.streams.bench.DataSpec;
import dev.afterglow.streams.bench.Measurement;
import dev.afterglow.streams.runtime.UntilStopped;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow bench}: measures the pipeline beside its rivals. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Counts the same events with Afterglow as shipped and with its rivals, each in a fresh JVM, and"
                + " says what it cost and whether the result was right.",
        footer = {
            "",
            "Needs Linux (CPU time comes from /proc). Apache Flink takes part once it has been built:",
            "  mvn -Pbench -Dmaven.test.skip=true package",
            "",
            "Exit code 0 when every result of Afterglow was right; 1 when not.",
            "",
            "Examples:",
            "  afterglow bench --json figures.json",
            "  afterglow bench --events 1000000 --rounds 1 --cases limit-2,textbook,afterglow",
            "  afterglow bench --growth --rounds 5",
            "  afterglow bench --restart --events 10000000"
        })
public final class BenchCommand implements Callable<Integer> {

    private static final String ALL = "all";

    @Option(names = "--events", defaultValue = "5000000", description = "Records to count. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(names = "--experiments", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
    private int experiments;

    @Option(
            names = "--zipf",
            defaultValue = "1.1",
            description = "Exponent of the popularity of experiments. Default: ${DEFAULT-VALUE}.")
    private double zipf;

    @Option(names = "--partitions", defaultValue = "4", description = "Of the source. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--hours",
            defaultValue = "6",
            description = "Hours over which the events arrived. Default: ${DEFAULT-VALUE}.")
    private int hours;

    @Option(
            names = "--out-of-order",
            defaultValue = "0.02",
            description = "Share that happened up to 5 minutes before its arrival. Default: ${DEFAULT-VALUE}.")
    private double outOfOrder;

    @Option(
            names = "--duplicates",
            defaultValue = "0.01",
            description = "Share that repeats an earlier event. Default: ${DEFAULT-VALUE}.")
    private double duplicates;

    @Option(names = "--seed", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--rounds", defaultValue = "3", description = "Runs of each case. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "CASE",
            description = "Of poll, limit-1, limit-2, textbook, textbook-dedupe, flink, afterglow. Default: all.")
    private List<String> cases = new ArrayList<>();

    @Option(
            names = "--timeout",
            defaultValue = "900",
            paramLabel = "SECONDS",
            description = "For one run of one case. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Option(
            names = "--flink",
            paramLabel = "DIR",
            description = "Jars of the Flink case. Default: where the profile bench builds them.")
    private Path flink;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every figure of every run.")
    private Path json;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Write a flight recording of Afterglow's last run, and say where its time went. Costs some"
                    + " per cent of its speed.")
    private Path profile;

    @Option(
            names = "--audit",
            description = "Have 'afterglow audit' recount each run of Afterglow; a difference fails the run.")
    private boolean audit;

    @Option(
            names = "--growth",
            arity = "0..1",
            fallbackValue = ALL,
            paramLabel = "SERIES",
            description = "Measure how Afterglow grows, instead of its rivals: events (1, 2, 4, 8 times), experiments"
                    + " (200, 2,000, 20,000, and one with 90 %% of the traffic), horizons (1, 6, 24 h), or all.")
    private String growth;

    @Option(
            names = "--restart",
            description = "Measure how soon Afterglow counts again after a kill -9, with all ids of the events kept,"
                    + " instead of its rivals.")
    private boolean restart;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description =
                    "Keep data and logs here; has to be empty. Default: a temporary directory, deleted at the end.")
    private Path workDir;

    @Spec
    private CommandSpec spec;

    private List<Measurement> measurements() {
        if (growth == null) {
            return List.of(restart ? Measurement.RESTART : Measurement.CASES);
        }
        if (restart) {
            throw new BadInputException("--growth and --restart measure different things: give one of them");
        }
        return switch (growth) {
            case ALL -> List.of(Measurement.EVENTS, Measurement.EXPERIMENTS, Measurement.HORIZONS);
            case "events" -> List.of(Measurement.EVENTS);
            case "experiments" -> List.of(Measurement.EXPERIMENTS);
            case "horizons" -> List.of(Measurement.HORIZONS);
            default ->
                throw new BadInputException(
                        "no such series: " + growth + "; there are events, experiments, horizons, all");
        };
    }

    @Override
    public Integer call() throws Exception {
        var options = new BenchOptions(
                new DataSpec(events, experiments, zipf, partitions, hours, outOfOrder, duplicates, 0, seed),
                cases,
                rounds,
                Duration.ofSeconds(timeoutSeconds),
                Optional.ofNullable(flink),
                Optional.ofNullable(json),
                Optional.ofNullable(profile).map(Path::toAbsolutePath),
                audit,
                measurements());
        try (var stopped = new UntilStopped()) {
            if (workDir != null) {
                return untilStopped(options, requireEmpty(Files.createDirectories(workDir)), stopped);
            }
            try (var directory = TemporaryDirectory.create("afterglow-bench")) {
                return untilStopped(options, directory.path(), stopped);
            }
        }
    }

    /** What an earlier run has left would be taken for what this one makes. */
    private static Path requireEmpty(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new BadInputException(
                        "--work-dir " + directory + " is not empty: delete what is in it, or give another");
            }
        }
        return directory;
    }

    /** Runs it aside, so that Ctrl-C ends it and its children in order. */
    private int untilStopped(BenchOptions options, Path directory, UntilStopped stopped) throws Exception {
        var task = new FutureTask<>(() -> new Bench(options, Clock.systemUTC(), this::say).run(directory));
        var thread = new Thread(task, "bench");
        thread.start();
        stopped.onEnd(() -> task.cancel(true));
        try {
            return task.get() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (CancellationException e) {
            return ExitCode.SOFTWARE;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            thread.join();
        }
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}

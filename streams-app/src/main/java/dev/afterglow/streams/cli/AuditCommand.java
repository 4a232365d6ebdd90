package dev.afterglow.streams.cli;

import dev.afterglow.streams.audit.Audit;
import dev.afterglow.streams.audit.AuditJson;
import dev.afterglow.streams.audit.AuditRange;
import dev.afterglow.streams.audit.AuditReport;
import dev.afterglow.streams.audit.AuditText;
import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.config.AppConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow audit}: the raw topic counted again, beside what is published. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description = {
            "Recounts the raw events on a path of its own and compares with the published counts and the ledger.",
            "Covers the hours of which every arrival is still in the log, and names them. Events may keep coming."
        },
        footer = {
            "",
            "Arrivals are the timestamps of the records. The ids of one partition within the horizon are kept in memory,",
            "about 250 bytes each.",
            "",
            "Exit code 0 when there is no difference, 1 when there is one, 2 when the audit could not be made: wrong",
            "options, hours that are not covered, a pipeline that has not come so far, brokers that do not answer.",
            "",
            "Examples:",
            "  afterglow audit",
            "  afterglow audit --from 2026-11-01T00:00:00Z --to 2026-11-02T00:00:00Z --all",
            "  afterglow audit --json --bootstrap-servers broker:9092 --schema-registry-url http://registry:8081"
        })
public final class AuditCommand implements Callable<Integer> {

    private static final long SHOWN = 50;

    private final Clock clock;

    @Option(names = "--from", paramLabel = "TIME", description = "First hour, in UTC. Default: all that are covered.")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "End of the hours, itself left out. Default: none.")
    private Instant to;

    @Option(names = "--all", description = "Show all differences, not just the first 50.")
    private boolean all;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = DurationConverter.class,
            description = "How long to wait until the pipeline has counted what is there: 90s, 10m, 2h."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Spec
    private CommandSpec spec;

    /** @param clock the present, for the time-out */
    public AuditCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        var range = new AuditRange(Optional.ofNullable(from), Optional.ofNullable(to));
        var report = run(connection.load(), range);
        long most = all ? Long.MAX_VALUE : SHOWN;
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(AuditJson.of(report, most));
        } else {
            AuditText.lines(report, most).forEach(out::println);
        }
        out.flush();
        return report.differences().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private AuditReport run(AppConfig config, AuditRange range) {
        var topics = config.topics();
        try (var opened = new Connection(config)) {
            opened.requireTopics(List.of(
                    topics.evaluations(),
                    topics.projects(),
                    topics.impressions(),
                    topics.intakeLedger(),
                    topics.progress()));
        }
        var err = spec.commandLine().getErr();
        try (var audit = new Audit(config, timeout, clock, line -> {
            err.println(line);
            err.flush();
        })) {
            return audit.run(range);
        }
    }
}

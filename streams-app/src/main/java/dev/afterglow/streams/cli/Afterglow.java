package dev.afterglow.streams.cli;

import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.replay.Settling;
import dev.afterglow.streams.runtime.Pipeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "afterglow",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Counts what experiments cost after they have ended, and tells the right people.",
        subcommands = {
            BenchCommand.class,
            CostsCommand.class,
            DemoCommand.class,
            ExplainCommand.class,
            RunCommand.class,
            TopicsCommand.class,
            TopologyCommand.class,
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Try 'afterglow demo', or 'afterglow COMMAND --help'."})
public final class Afterglow {

    /** Runs a command and leaves with its exit code: 0 on success only. */
    public static void main(String[] arguments) {
        GeneratedClasses.trust();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var clock = Clock.systemUTC();
        var errors = new CliErrors();
        return new CommandLine(new Afterglow())
                .addSubcommand(new ApplyCommand(clock))
                .addSubcommand(new AuditCommand(clock))
                .addSubcommand(new CasesCommand(clock))
                .addSubcommand(new ReplayCommand(clock, config -> settling(config, clock)))
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static Settling settling(AppConfig config, Clock clock) {
        var settlement = Pipeline.settlement(config, clock);
        return new Settling() {
            @Override
            public boolean await(Instant newestArrival, Duration timeout) {
                return settlement.await(newestArrival, timeout);
            }

            @Override
            public void close() {
                settlement.close();
            }
        };
    }
}

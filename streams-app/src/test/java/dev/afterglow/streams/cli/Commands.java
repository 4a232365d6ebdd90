package dev.afterglow.streams.cli;

import dev.afterglow.streams.replay.Settling;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;

/** Runs commands as a shell would. */
final class Commands {

    private Commands() {}

    /** What a command left behind. */
    record Result(int code, String out, String err) {}

    static Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Top())
                .addSubcommand(new ApplyCommand(Clock.systemUTC()))
                .addSubcommand(new AuditCommand(Clock.systemUTC()))
                .addSubcommand(new CasesCommand(Clock.systemUTC()))
                .addSubcommand(new CostsCommand())
                .addSubcommand(new OutcomeCommand())
                .addSubcommand(new ExplainCommand())
                .addSubcommand(new ReplayCommand(Clock.systemUTC(), config -> new SettlesAfterEpoch()))
                .addSubcommand(new TopicsCommand())
                .setExecutionExceptionHandler(new CliErrors())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static final class SettlesAfterEpoch implements Settling {

        @Override
        public boolean await(Instant newestArrival, Duration timeout) {
            return newestArrival.isAfter(Instant.EPOCH);
        }
    }

    @CommandLine.Command(name = "afterglow")
    private static final class Top {}
}

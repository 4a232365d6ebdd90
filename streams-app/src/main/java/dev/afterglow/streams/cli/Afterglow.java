package dev.afterglow.streams.cli;

import dev.afterglow.schemas.serde.GeneratedClasses;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "afterglow",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Counts what experiments cost after they have ended, and tells the right people.",
        subcommands = {
            RunCommand.class,
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
        return new CommandLine(new Afterglow())
                .setExecutionExceptionHandler(new CliErrors())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}

package dev.afterglow.streams.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code afterglow costs}: commands about what experiments cost. */
@Command(
        name = "costs",
        mixinStandardHelpOptions = true,
        description = "What experiments cost.",
        subcommands = {ExportCommand.class, EstimateCommand.class, BackTestCommand.class, SpikesCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class CostsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say which: " + String.join(", ", spec.subcommands().keySet()));
    }
}

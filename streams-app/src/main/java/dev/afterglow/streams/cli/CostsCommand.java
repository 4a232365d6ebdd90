package dev.afterglow.streams.cli;

import picocli.CommandLine.Command;

/** {@code afterglow costs}: what is known of costs, and of where they go. */
@Command(
        name = "costs",
        mixinStandardHelpOptions = true,
        description = "Costs and their forecast.",
        subcommands = BackTestCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class CostsCommand {}

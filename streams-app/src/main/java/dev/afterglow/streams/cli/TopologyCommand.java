package dev.afterglow.streams.cli;

import dev.afterglow.streams.runtime.Topologies;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow topology}: what the flow consists of. */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        description = "Prints the topologies of the flow; needs no cluster.",
        footer = {"", "Example:", "  afterglow topology --format mermaid > flow.mmd"})
public final class TopologyCommand implements Callable<Integer> {

    /** How it is printed. */
    enum Format {
        TEXT,
        MERMAID
    }

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--format",
            defaultValue = "TEXT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var topologies = Topologies.describe(connection.load());
        var out = spec.commandLine().getOut();
        if (format == Format.MERMAID) {
            out.println(Mermaid.draw(topologies));
        } else {
            topologies.forEach((stage, topology) -> {
                out.println("# " + stage);
                out.println(topology);
            });
        }
        out.flush();
        return ExitCode.OK;
    }
}

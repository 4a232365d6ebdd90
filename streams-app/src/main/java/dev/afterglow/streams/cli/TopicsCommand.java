package dev.afterglow.streams.cli;

import dev.afterglow.streams.client.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow topics}: the catalogue against the cluster. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Lists the topics that Afterglow needs, and how the cluster has them.",
        footer = {
            "",
            "Exit code 0 when every topic is there and as it has to be, 1 when not, 2 for wrong options.",
            "",
            "Examples:",
            "  afterglow topics",
            "  afterglow topics --apply --bootstrap-servers broker:9092 -X afterglow.evaluations.partitions=12"
        })
public final class TopicsCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--apply", description = "Create those that are missing. Topics that are there are never changed.")
    private boolean apply;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (var opened = new Connection(connection.load())) {
            var report = apply ? opened.createTopics() : opened.checkTopics();
            var out = spec.commandLine().getOut();
            out.println(report);
            if (!report.missing().isEmpty()) {
                out.println(report.missing().size() + " missing: make them with 'afterglow topics --apply'");
            }
            out.flush();
            return report.usable() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}

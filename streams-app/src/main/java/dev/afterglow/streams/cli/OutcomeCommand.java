package dev.afterglow.streams.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code afterglow outcome}: how an experiment ended, as a page for a knowledge base. */
@Command(
        name = "outcome",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description = "Writes how an experiment ended as a page in Markdown: goal, decision, key learning, dates, cost,"
                + " waste and saving. Asks a running instance.",
        footer = {
            "",
            "Exit code 0 with an answer, 2 without: no outcome yet, no instance at the address.",
            "",
            "Examples:",
            "  afterglow outcome shop/production/item-7 > item-7.md",
            "  afterglow outcome --run run-1 --json shop/production/item-7"
        })
public final class OutcomeCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Parameters(paramLabel = "PROJECT/ENVIRONMENT/EXPERIMENT", description = "The experiment.")
    private String experiment;

    @Option(names = "--run", description = "Of which run. Default: the one that ended last.")
    private String run;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var page = Instance.experiment(
                experiment,
                "/outcome?format=" + (json ? "json" : "markdown")
                        + (run == null ? "" : "&run=" + URLEncoder.encode(run, StandardCharsets.UTF_8)));
        var out = spec.commandLine().getOut();
        out.print(Instance.get(instance.address(page), TIMEOUT).stripTrailing());
        out.println();
        out.flush();
        return ExitCode.OK;
    }
}

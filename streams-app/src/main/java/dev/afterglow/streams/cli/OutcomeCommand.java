package dev.afterglow.streams.cli;

import dev.afterglow.streams.text.BadInputException;
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

/** {@code afterglow outcome}: how an experiment ended, as a page for a knowledge base; or a list of all that did. */
@Command(
        name = "outcome",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description = {
            "Writes how an experiment ended as a page in Markdown: goal, decision, key learning, dates, cost, waste and"
                    + " saving. Asks a running instance.",
            "Without an experiment it lists what has ended, the last one first, and what that saves by month and team."
        },
        footer = {
            "",
            "Exit code 0 with an answer, 2 without: no outcome yet, an experiment that is not known, no instance at the"
                    + " address.",
            "",
            "Examples:",
            "  afterglow outcome shop/production/item-7 > item-7.md",
            "  afterglow outcome --run run-1 --json shop/production/item-7",
            "  afterglow outcome --team growth --month 2026-11"
        })
public final class OutcomeCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Parameters(
            arity = "0..1",
            paramLabel = "PROJECT/ENVIRONMENT/EXPERIMENT",
            description = "The experiment. Default: all of them, in a list.")
    private String experiment;

    @Option(names = "--project", paramLabel = "PROJECT", description = "List those of one project.")
    private String project;

    @Option(names = "--team", paramLabel = "TEAM", description = "List those of one owner team.")
    private String team;

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "List those that ended in one month of UTC.")
    private String month;

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
        var page = experiment == null ? list() : one();
        var out = spec.commandLine().getOut();
        out.print(Instance.get(instance.address(page), TIMEOUT).stripTrailing());
        out.println();
        out.flush();
        return ExitCode.OK;
    }

    private String one() {
        if (project != null || team != null || month != null) {
            throw new BadInputException(
                    "--project, --team and --month choose from the list: leave them out, or the experiment");
        }
        return Instance.experiment(experiment, "/outcome?format=" + (json ? "json" : "markdown") + query("run", run));
    }

    private String list() {
        if (run != null) {
            throw new BadInputException("--run is of one experiment: name it, as PROJECT/ENVIRONMENT/EXPERIMENT");
        }
        return "/api/v1/outcomes?format=" + (json ? "json" : "text") + query("project", project) + query("team", team)
                + query("month", month);
    }

    private static String query(String name, String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

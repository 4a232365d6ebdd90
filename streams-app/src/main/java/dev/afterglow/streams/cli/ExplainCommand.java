package dev.afterglow.streams.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code afterglow explain}: why an experiment is, or is not, flagged. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description = "Says why an experiment is, or is not, flagged: each rule with the values that it saw. Asks a"
                + " running instance.",
        footer = {
            "",
            "Exit code 0 with an answer, 2 without: no such experiment, no instance at the address.",
            "",
            "Examples:",
            "  afterglow explain shop/production/item-7",
            "  afterglow explain --url http://afterglow:8080 --json shop/production/item-7",
            "  afterglow explain 'shop/production/landing%%2Fhero'        (a / in a key is written %%2F, and %% is %%25)"
        })
public final class ExplainCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Parameters(paramLabel = "PROJECT/ENVIRONMENT/EXPERIMENT", description = "The experiment.")
    private String experiment;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var page = Instance.experiment(experiment, "/explain?format=" + (json ? "json" : "text"));
        var answer = Instance.get(instance.address(page), TIMEOUT);
        var out = spec.commandLine().getOut();
        out.print(answer);
        if (json) {
            out.println();
        }
        out.flush();
        return ExitCode.OK;
    }
}

package dev.afterglow.streams.cli;

import dev.afterglow.schemas.topic.ExperimentKey;
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
            "  afterglow explain 'shop/production/landing%2Fhero'        (a / in a key is written %2F, and % is %25)"
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
        var answer = Instance.get(instance.address(path(key())), TIMEOUT);
        var out = spec.commandLine().getOut();
        out.print(answer);
        if (json) {
            out.println();
        }
        out.flush();
        return ExitCode.OK;
    }

    private ExperimentKey key() {
        try {
            return ExperimentKey.parse(experiment);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(e.getMessage());
        }
    }

    private String path(ExperimentKey key) {
        return "/api/v1/experiments/" + segment(key.project()) + '/' + segment(key.environment()) + '/'
                + segment(key.experiment()) + "/explain?format=" + (json ? "json" : "text");
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }
}

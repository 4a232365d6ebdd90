package dev.afterglow.streams.cli;

import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.streams.apply.DefinitionFiles;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow cases}: the clean-up cases that are open, or would be under another policy. */
@Command(
        name = "cases",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = ExitCode.USAGE,
        description = {
            "Lists the clean-up cases that are open. Asks a running instance.",
            "With --what-if it says what a changed policy would have raised over the history kept, before anyone is"
                    + " paged by it: nothing is sent or changed."
        },
        footer = {
            "",
            "--what-if takes a file of 'afterglow apply' and looks at its projects only; of several versions of one"
                    + " project at the one that is in force last. The counts kept of each experiment, its definitions"
                    + " and what people did about its alerts are judged again: under the policies in force at their"
                    + " times, and as if the policy of the file had been in force all along, whatever its"
                    + " effectiveFrom. An alert that changes is",
            "  new        it opens only under the changed policy",
            "  earlier    it opens or becomes critical earlier, or critical at all",
            "  later      it opens or becomes critical later, or not critical any more",
            "  gone       it opens only under the policies in force",
            "  otherwise  anything else, for example it ends at another time",
            "",
            "A page is an alert that becomes critical, also one that wakes as such from a snooze. Actions are taken"
                    + " again at their own times, on the alert of the same id. Fields that say what counts"
                    + " (countingPolicy, excludedUnits, ...) make no difference: the counts are taken as they are. What"
                    + " came late is replayed as if it had come in time, so that an alert that a backfill opened stands"
                    + " at its own time here. What was open before the range of the counts begins opens at its beginning, on both sides.",
            "",
            "Exit code 0 with an answer, 2 without: a file that cannot be used, no instance at the address.",
            "",
            "Examples:",
            "  afterglow cases",
            "  afterglow cases --what-if shop.yaml",
            "  afterglow cases --what-if shop.yaml --format json --url http://afterglow:8080"
        })
public final class CasesCommand implements Callable<Integer> {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration REPLAYED_WITHIN = Duration.ofMinutes(30);
    private static final int SHOWN = 50;
    private static final int MOST = 10_000;

    /** Bytes; an instance refuses more. */
    private static final int LARGEST_BODY = 1_000_000;

    /** How it is printed. */
    enum Output {
        TABLE,
        JSON
    }

    private final Clock clock;

    @Option(
            names = "--what-if",
            paramLabel = "FILE",
            description = "YAML file with policies to try, - for standard input.")
    private String file;

    @Option(names = "--all", description = "Show up to 10,000 alerts that change, not just the first 50.")
    private boolean all;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table or json. Default: ${DEFAULT-VALUE}.")
    private Output format;

    @Mixin
    private InstanceOptions instance = new InstanceOptions();

    @Spec
    private CommandSpec spec;

    /** @param clock the present, for entries of the file that do not say from when they hold */
    public CasesCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var answer = file == null ? open() : whatIf();
        var out = spec.commandLine().getOut();
        out.print(answer);
        if (format == Output.JSON) {
            out.println();
        }
        out.flush();
        return ExitCode.OK;
    }

    private String open() throws InterruptedException {
        return Instance.get(instance.address("/api/v1/cases?format=" + served()), SOON);
    }

    private String whatIf() throws IOException, InterruptedException {
        var source = YamlSource.read(file);
        // The instance would find the same, but does not know the file by its name.
        if (DefinitionFiles.read(List.of(source), clock)
                .values(ProjectPolicy.class)
                .isEmpty()) {
            throw new BadInputException(
                    source.name() + ": there is no policy in it: give the policies to try in the list 'projects'");
        }
        if (source.text().getBytes(StandardCharsets.UTF_8).length > LARGEST_BODY) {
            throw new BadInputException(
                    source.name() + ": is too large to be sent to an instance: keep only the list 'projects' in it");
        }
        var address = instance.address(
                "/api/v1/cases/what-if?format=" + served() + "&limit=" + (all || format == Output.JSON ? MOST : SHOWN));
        return Instance.post(address, "application/yaml", source.text(), REPLAYED_WITHIN);
    }

    private String served() {
        return format == Output.JSON ? "json" : "text";
    }
}

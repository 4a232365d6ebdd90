package dev.afterglow.streams.cli;

import dev.afterglow.streams.apply.DefinitionFiles;
import dev.afterglow.streams.apply.DefinitionFiles.Source;
import dev.afterglow.streams.apply.DefinitionSender;
import dev.afterglow.streams.apply.DefinitionSet;
import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.config.AppConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow apply}: definitions from files. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Sends project policies, experiment definitions, price plans and budgets from YAML files.",
            "Everything is checked before anything is sent, and all of it is sent or nothing."
        },
        footer = {
            "",
            "A file holds any of these lists, with the fields of the contracts:",
            "  projects:",
            "    - project: shop",
            "      account: acme",
            "      warnAfterDays: 14",
            "  pricePlans:",
            "    - account: acme",
            "      currency: EUR",
            "      includedImpressions: 1000000",
            "      tiers:",
            "        - {upTo: 5000000, price: 0.0001}",
            "        - {price: 0.00008}",
            "      flatFee: 150.00            # of a whole month",
            "      minimum: 200.00            # least that a month costs, the fee included",
            "      blockRounding: pro-rata    # or up: a block (perImpressions) that has begun costs all of it",
            "  experiments:",
            "    - project: shop",
            "      environment: production",
            "      experiment: checkout-button",
            "      rolloutPercent: 100",
            "      variants: {control: 50, treatment: 50}",
            "  budgets:",
            "    - budgetId: acme-month",
            "      scope: account",
            "      account: acme",
            "      amount: 500.00",
            "      currency: EUR",
            "",
            "version is 1 when left out. effectiveFrom (2026-01-31, or 2026-01-31T10:00:00Z) is, when left out,",
            "the time of applying for experiments, and the beginning for version 1 of projects and price plans.",
            "",
            "Exit code 0 when all was sent, 2 when the files cannot be used, 1 when sending failed.",
            "",
            "Examples:",
            "  afterglow apply -f shop.yaml --dry-run",
            "  afterglow apply -f projects.yaml -f budgets.yaml --bootstrap-servers broker:9092"
        })
public final class ApplyCommand implements Callable<Integer> {

    private final Clock clock;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "YAML file, - for standard input. May be repeated.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--dry-run", description = "Check the files and send nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    /** @param clock gives the time from which experiments hold whose file does not say */
    public ApplyCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        var config = connection.load();
        var definitions = DefinitionFiles.read(sources(), clock);
        if (!dryRun) {
            send(config, definitions);
        }
        var out = spec.commandLine().getOut();
        out.println(definitions.summary());
        out.println(definitions.size() + (dryRun ? " checked, nothing sent" : " sent to " + config.bootstrapServers()));
        out.flush();
        return ExitCode.OK;
    }

    private static void send(AppConfig config, DefinitionSet definitions) {
        try (var opened = new Connection(config)) {
            opened.requireTopics(definitions.topics(config.topics()));
            var transaction = Map.<String, Object>of(
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG, "afterglow-apply-" + UUID.randomUUID());
            try (var producer = opened.producer(transaction)) {
                new DefinitionSender(config.topics(), opened).send(definitions, producer);
            }
        }
    }

    private List<Source> sources() throws IOException {
        var sources = new ArrayList<Source>();
        for (var file : files) {
            sources.add(YamlSource.read(file));
        }
        return sources;
    }
}

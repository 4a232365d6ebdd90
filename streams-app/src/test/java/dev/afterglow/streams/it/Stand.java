package dev.afterglow.streams.it;

import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.apply.DefinitionFiles;
import dev.afterglow.streams.apply.DefinitionFiles.Source;
import dev.afterglow.streams.apply.DefinitionSender;
import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.runtime.Service;
import dev.afterglow.streams.testkit.SharedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Where a pipeline under test runs: a cluster, topics of its own, a directory for its instances. */
public final class Stand {

    /** A leftover, a zombie and an experiment in order; the others of the traffic have no definition. */
    public static final String DEFINITIONS = """
            projects:
              - {project: shop, account: acme, warnAfterDays: 14, criticalAfterDays: 400, minimumImpressions: 1}
            experiments:
              - project: shop
                environment: production
                experiment: exp-0
                effectiveFrom: 2020-01-01
                rolloutPercent: 100
                variants: {a: 100, b: 0}
              - project: shop
                environment: production
                experiment: exp-1
                effectiveFrom: 2020-01-01
                state: archived
                rolloutPercent: 100
                variants: {a: 50, b: 50}
              - project: shop
                environment: production
                experiment: exp-2
                effectiveFrom: 2020-01-01
                rolloutPercent: 100
                variants: {a: 50, b: 50}
            pricePlans:
              - account: acme
                currency: EUR
                includedImpressions: 1000
                effectiveFrom: 2020-01-01
                tiers: [{priceMicros: 100, perImpressions: 1}]
            budgets:
              - {budgetId: month, scope: account, account: acme, unit: impressions, amount: 3000}
            """;

    private final String bootstrapServers;
    private final String schemaRegistryUrl;
    private final Path directory;
    private final String prefix;

    Stand(EmbeddedCluster cluster, Path directory) {
        this(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), directory, SharedCluster.freshPrefix());
    }

    /** A stand on a cluster, under a prefix of topics, with the directories of its instances below one. */
    public Stand(String bootstrapServers, String schemaRegistryUrl, Path directory, String prefix) {
        this.bootstrapServers = bootstrapServers;
        this.schemaRegistryUrl = schemaRegistryUrl;
        this.directory = directory;
        this.prefix = prefix;
    }

    /** The topics under the prefix of this stand. */
    public Topics topics() {
        return new Topics(prefix);
    }

    /** Settings of an instance, quick in everything that may be; {@code more} in pairs. */
    Map<String, String> settings(String instance, String... more) {
        var settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "schema.registry.url",
                schemaRegistryUrl,
                "afterglow.topic.prefix",
                prefix,
                "afterglow.data.dir",
                directory.resolve(instance).toString(),
                "afterglow.http.port",
                "0",
                "afterglow.settle.time.ms",
                "0",
                "afterglow.cost.publish.interval.ms",
                "200",
                "afterglow.watermark.interval.ms",
                "200"));
        settings.putAll(Map.of(
                "afterglow.evaluations.partitions", "2",
                "afterglow.experiments.partitions", "2",
                "afterglow.accounts.partitions", "1",
                "commit.interval.ms", "200"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** The same, read as the service reads them. */
    public AppConfig config(String instance, String... more) {
        return AppConfig.load(Optional.empty(), Map.of(), settings(instance, more));
    }

    Service start(String instance, String... more) {
        return Service.start(config(instance, more), Clock.systemUTC());
    }

    /** The same instance in a process of its own. */
    Child startChild(String instance, String... more) throws IOException {
        return Child.start(
                directory.resolve(instance + ".log"),
                "run",
                "--config",
                file(instance, more).toString());
    }

    /** Writes the settings of an instance where {@code --config} can find them. */
    public Path file(String instance, String... more) throws IOException {
        var properties = new Properties();
        properties.putAll(settings(instance, more));
        var file = directory.resolve(instance + ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    /** A sender of events; the caller closes it. */
    public Sender sender(String... more) {
        return new Sender(config("sender", more));
    }

    /** What has been committed here. */
    public Committed committed() {
        return new Committed(config("reader"));
    }

    /** As {@code afterglow apply} does. */
    public void apply(String definitions, String... more) {
        try (var connection = new Connection(config("apply", more));
                var producer = connection.producer(Map.of("transactional.id", prefix + "apply"))) {
            new DefinitionSender(topics(), connection)
                    .send(
                            DefinitionFiles.read(List.of(new Source("test.yaml", definitions)), Clock.systemUTC()),
                            producer);
        }
    }
}

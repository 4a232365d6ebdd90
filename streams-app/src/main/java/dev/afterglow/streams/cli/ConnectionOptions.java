package dev.afterglow.streams.cli;

import dev.afterglow.streams.config.AppConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command that talks to Kafka. They win over the environment, which wins over the file. */
public final class ConnectionOptions {

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file (key=value).")
    private Path file;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Kafka brokers. Default: 127.0.0.1:9092.")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL",
            description = "Schema registry. Default: http://127.0.0.1:8081.")
    private String schemaRegistryUrl;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "What every topic name begins with. Default: afterglow.")
    private String topicPrefix;

    @Option(
            names = "-X",
            paramLabel = "KEY=VALUE",
            description = "Any other setting, of ours or of Kafka. May be repeated. Visible in the list of processes:"
                    + " keep secrets in files or in the environment.")
    private Map<String, String> settings = new HashMap<>();

    @Option(
            names = {"-v", "--verbose"},
            description = "Show where an error comes from.")
    private boolean verbose;

    /**
     * The configuration that file, environment and options make together.
     *
     * @param more settings that win over all of them
     * @throws dev.afterglow.streams.config.ConfigurationException when something is wrong with it
     */
    public AppConfig load(Map<String, String> environment, Map<String, String> more) {
        var overrides = new HashMap<>(settings);
        put(overrides, "bootstrap.servers", bootstrapServers);
        put(overrides, "schema.registry.url", schemaRegistryUrl);
        put(overrides, "afterglow.topic.prefix", topicPrefix);
        overrides.putAll(more);
        return AppConfig.load(Optional.ofNullable(file), environment, overrides);
    }

    /** The configuration of this process. */
    public AppConfig load() {
        return load(System.getenv(), Map.of());
    }

    private static void put(Map<String, String> overrides, String key, String value) {
        if (value != null) {
            overrides.put(key, value);
        }
    }
}

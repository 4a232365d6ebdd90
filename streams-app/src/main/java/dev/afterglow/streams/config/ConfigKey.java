package dev.afterglow.streams.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every setting of our own, with its default and meaning: the one place where they are documented ({@link #table()}
 * prints it). All other settings belong to Kafka or to the schema registry and pass through under their own names.
 */
public enum ConfigKey {
    /** What every topic name begins with. */
    TOPIC_PREFIX("topic.prefix", "afterglow.", "text", "what every topic name begins with"),
    /** Partitions of the raw events. */
    EVALUATIONS_PARTITIONS("evaluations.partitions", "4", "1 or more", "partitions of the raw events, when created"),
    /** Partitions of the topics keyed by experiment. */
    EXPERIMENTS_PARTITIONS(
            "experiments.partitions", "4", "1 or more", "partitions of topics keyed by experiment, when created"),
    /** Partitions of the topics keyed by account. */
    ACCOUNTS_PARTITIONS("accounts.partitions", "2", "1 or more", "partitions of topics keyed by account, when created"),
    /** Replicas of created topics. */
    TOPIC_REPLICATION_FACTOR(
            "topic.replication.factor",
            "-1",
            "-1, or 1 or more",
            "replicas of created topics; -1 leaves it to the broker"),
    /** Whether missing topics are created at start. */
    TOPICS_CREATE("topics.create", "true", "true or false", "whether missing topics are created at start"),
    /** Directory of local state. */
    DATA_DIR("data.dir", "afterglow-data", "path", "directory of local state; one for each instance"),
    /** Address the HTTP server listens on. */
    HTTP_HOST("http.host", "127.0.0.1", "address", "address the HTTP server listens on; 0.0.0.0 for all"),
    /** Port of the HTTP server. */
    HTTP_PORT("http.port", "8080", "0 to 65535", "port of the HTTP server; 0 takes a free one"),
    /** Name of this instance. */
    INSTANCE_ID(
            "instance.id", "", "text", "name of this instance; made up and kept in the data directory when missing"),
    /** Interval of cost messages. */
    COST_PUBLISH_INTERVAL("cost.publish.interval.ms", "10000", "1 or more", "least milliseconds between cost messages"),
    /** Interval of watermarks. */
    WATERMARK_INTERVAL("watermark.interval.ms", "1000", "1 or more", "milliseconds between watermarks"),
    /** Settle time. */
    SETTLE_TIME("settle.time.ms", "900000", "0 or more", "milliseconds the watermark waits for events under way"),
    /** Retry budget of the registry. */
    REGISTRY_RETRY_BUDGET(
            "registry.retry.budget.ms",
            "240000",
            "0 or more, below max.poll.interval.ms",
            "milliseconds a failing registry is tried again before the process stops"),
    /** Limit of lateness. */
    LATENESS("lateness.days", "62", "1 to 3650", "days an event may arrive late; backfill has no limit"),
    /** Tolerance for clocks ahead. */
    FUTURE_TOLERANCE(
            "future.tolerance.ms", "600000", "0 or more", "milliseconds an event may be dated after its arrival"),
    /** Serde of the values. */
    VALUE_SERDE("value.serde", "", "class name", "another Avro serde for the topics with a registered schema");

    private static final String PREFIX = "afterglow.";

    private final String key;
    private final String defaultValue;
    private final String allowed;
    private final String meaning;

    ConfigKey(String name, String defaultValue, String allowed, String meaning) {
        this.key = PREFIX + name;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.meaning = meaning;
    }

    /** Name in files and on the command line, for example {@code afterglow.http.port}. */
    public String key() {
        return key;
    }

    /** Name in the environment, for example {@code AFTERGLOW_HTTP_PORT}. */
    public String environmentVariable() {
        return key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Value when nothing is set; the empty text stands for none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** Which values are allowed, for people. */
    public String allowed() {
        return allowed;
    }

    static boolean isOurs(String key) {
        return key.startsWith(PREFIX);
    }

    static Optional<ConfigKey> of(String key) {
        return Arrays.stream(values()).filter(known -> known.key.equals(key)).findFirst();
    }

    /** All settings as a Markdown table: key, default, allowed values, meaning. */
    public static String table() {
        return Arrays.stream(values())
                .map(known -> String.format(
                        "| `%s` | %s | %s | %s |",
                        known.key,
                        known.defaultValue.isEmpty() ? "" : "`" + known.defaultValue + "`",
                        known.allowed,
                        known.meaning))
                .collect(Collectors.joining("\n", "| key | default | allowed | meaning |\n|---|---|---|---|\n", "\n"));
    }
}

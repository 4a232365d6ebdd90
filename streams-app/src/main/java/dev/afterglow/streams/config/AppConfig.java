package dev.afterglow.streams.config;

import dev.afterglow.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The whole configuration, checked.
 *
 * <p>Settings of our own are listed in {@link ConfigKey}. Everything else belongs to Kafka clients, Kafka Streams or the
 * schema registry and passes through under its own name ({@code bootstrap.servers} is {@code 127.0.0.1:9092} and
 * {@code schema.registry.url} is {@code http://127.0.0.1:8081} unless set). A setting is looked for on the command line,
 * then in the environment, then in the file. Names in the environment:
 *
 * <table>
 * <caption>Environment variables</caption>
 * <tr><th>variable</th><th>key</th></tr>
 * <tr><td>{@code AFTERGLOW_HTTP_PORT}</td><td>{@code afterglow.http.port}, and so on for each key of our own</td></tr>
 * <tr><td>{@code BOOTSTRAP_SERVERS}, {@code KAFKA_BOOTSTRAP_SERVERS}</td><td>{@code bootstrap.servers}</td></tr>
 * <tr><td>{@code KAFKA_SECURITY_PROTOCOL}</td><td>{@code security.protocol}, and so on for each Kafka name</td></tr>
 * <tr><td>{@code SCHEMA_REGISTRY_URL}, {@code SCHEMA_REGISTRY_SSL_…}</td>
 *     <td>{@code schema.registry.url}, {@code schema.registry.ssl.…}</td></tr>
 * <tr><td>{@code SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO}</td>
 *     <td>{@code basic.auth.user.info}, and so on for the registry's names without prefix</td></tr>
 * </table>
 *
 * <p>Any value can be kept in a file of its own: {@code ssl.keystore.password.file=/run/secrets/keystore}, or
 * {@code KAFKA_SSL_KEYSTORE_PASSWORD_FILE}.
 *
 * @param topicConfig how topics are named and created
 * @param http where the HTTP server listens
 * @param flow times of the flow
 * @param dataDir directory of local state
 * @param instanceId name of this instance, when given
 * @param valueSerde class of another serde for the topics with a registered schema, when given
 * @param passThrough settings of Kafka and the registry under their own names; holds secrets
 */
public record AppConfig(
        TopicConfig topicConfig,
        HttpConfig http,
        FlowConfig flow,
        Path dataDir,
        Optional<String> instanceId,
        Optional<String> valueSerde,
        Map<String, String> passThrough) {

    /** Copies the map, so that nobody changes it later. */
    public AppConfig {
        passThrough = Map.copyOf(passThrough);
    }

    /**
     * Reads the configuration.
     *
     * @param file a file in the format of {@link java.util.Properties}, UTF-8
     * @param environment variables by name, usually {@link System#getenv()}
     * @param overrides values by key, from the command line
     * @throws ConfigurationException when something is wrong; it lists everything that is
     */
    public static AppConfig load(Optional<Path> file, Map<String, String> environment, Map<String, String> overrides) {
        var problems = new ArrayList<String>();
        var settings = Settings.load(file, environment, overrides, problems);
        var reader = new ConfigReader(settings, problems);
        var config = new AppConfig(
                TopicConfig.read(reader),
                HttpConfig.read(reader),
                FlowConfig.read(reader),
                Path.of(reader.matching(ConfigKey.DATA_DIR, "[^\\x00]+", "write the path of a directory")),
                reader.optional(ConfigKey.INSTANCE_ID),
                reader.optional(ConfigKey.VALUE_SERDE),
                PassThrough.read(settings, reader));
        PassThrough.checkRetryBudget(config.flow, config.passThrough, reader);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return config;
    }

    /** The catalogue of topics under the configured prefix. */
    public Topics topics() {
        return new Topics(topicConfig.prefix());
    }

    /** Address of the brokers: {@code host:port}, separated by commas. */
    public String bootstrapServers() {
        return passThrough.get(PassThrough.BOOTSTRAP_SERVERS);
    }

    /** Addresses of the schema registry, separated by commas. */
    public String schemaRegistryUrl() {
        return passThrough.get(PassThrough.REGISTRY_URL);
    }

    /** Settings for a producer; {@code producer.} may stand before a name. */
    public Map<String, Object> producerSettings() {
        return KafkaNames.select(passThrough, ProducerConfig.configNames(), StreamsConfig.PRODUCER_PREFIX);
    }

    /** Settings for a consumer outside Kafka Streams; {@code consumer.} may stand before a name. */
    public Map<String, Object> consumerSettings() {
        return KafkaNames.select(passThrough, ConsumerConfig.configNames(), StreamsConfig.CONSUMER_PREFIX);
    }

    /** Settings for an admin client; {@code admin.} may stand before a name. */
    public Map<String, Object> adminSettings() {
        return KafkaNames.select(passThrough, AdminClientConfig.configNames(), StreamsConfig.ADMIN_CLIENT_PREFIX);
    }

    /** Settings for Kafka Streams, which hands its clients what is theirs. */
    public Map<String, Object> streamsSettings() {
        return new TreeMap<>(passThrough);
    }

    /** Settings for serializers and deserializers: Confluent's names, the class of the serde and the retry budget. */
    public Map<String, Object> serdeSettings() {
        var settings = new TreeMap<String, Object>(passThrough);
        settings.put(
                ConfigKey.REGISTRY_RETRY_BUDGET.key(),
                flow.registryRetryBudget().toMillis());
        valueSerde.ifPresent(name -> settings.put(ConfigKey.VALUE_SERDE.key(), name));
        return settings;
    }

    /** The settings of our own and the two addresses; of the others the names only, since any of them may be secret. */
    @Override
    public String toString() {
        var others = new TreeSet<>(passThrough.keySet());
        others.removeAll(PassThrough.DEFAULTS.keySet());
        return "AppConfig[" + topicConfig + ", " + http + ", " + flow + ", dataDir=" + dataDir + ", instanceId="
                + instanceId.orElse("") + ", valueSerde=" + valueSerde.orElse("") + ", bootstrapServers="
                + bootstrapServers() + ", schemaRegistryUrl="
                + Secrets.shown(PassThrough.REGISTRY_URL, schemaRegistryUrl()) + ", others=" + others + "]";
    }
}

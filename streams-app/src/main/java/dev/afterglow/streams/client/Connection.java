package dev.afterglow.streams.client;

import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.SerdeFactory;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.config.ConfigKey;
import dev.afterglow.streams.topics.TopicAdmin;
import dev.afterglow.streams.topics.TopicReport;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Brokers and registry as a command uses them: it gives up within seconds, where the service keeps trying. */
public final class Connection implements RecordEncoder, AutoCloseable {

    private static final String PATIENCE_MS = "20000";

    private final AppConfig config;
    private final SchemaRegistry registry;
    private final SerdeFactory serdes;
    private final Map<Topic<?>, Serializer<?>> serializers = new ConcurrentHashMap<>();

    /** Opens nothing yet: each part connects when it is first used. */
    public Connection(AppConfig config) {
        this.config = config;
        var settings = config.serdeSettings();
        settings.put(ConfigKey.REGISTRY_RETRY_BUDGET.key(), PATIENCE_MS);
        this.registry = SchemaRegistry.from(settings);
        this.serdes = new SerdeFactory(settings, registry);
    }

    /** An admin client that gives up within seconds; the caller closes it. */
    public Admin admin() {
        var settings = config.adminSettings();
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        return Admin.create(settings);
    }

    /**
     * Refuses to send to topics that are missing: a broker that makes them itself would make them wrong.
     *
     * @throws TopicsMissingException naming them
     * @throws BrokersSilentException when nobody answers
     */
    public void requireTopics(Collection<? extends Topic<?>> needed) {
        var missing = checkTopics().missing();
        var affected =
                needed.stream().map(Topic::name).filter(missing::contains).toList();
        if (!affected.isEmpty()) {
            throw new TopicsMissingException(affected, config.bootstrapServers());
        }
    }

    /** How the cluster stands to the catalogue; {@link BrokersSilentException} when nobody answers. */
    public TopicReport checkTopics() {
        return withTopics(TopicAdmin::check);
    }

    /** Makes what is missing of the catalogue; {@link BrokersSilentException} when nobody answers. */
    public TopicReport createTopics() {
        return withTopics(TopicAdmin::createMissing);
    }

    private TopicReport withTopics(Function<TopicAdmin, TopicReport> task) {
        try (var admin = admin()) {
            return task.apply(new TopicAdmin(admin, config.topics(), config.topicConfig()));
        } catch (TimeoutException | DisconnectException silent) {
            throw new BrokersSilentException(config.bootstrapServers(), silent);
        }
    }

    /** A producer that loses and doubles nothing ({@code acks=all}, idempotent); the caller closes it. */
    public Producer<String, byte[]> producer(Map<String, Object> more) {
        var settings = config.producerSettings();
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "20");
        settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
        settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.putAll(more);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    @SuppressWarnings("unchecked") // A topic is stored with the serializer of its own type.
    public <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value) {
        var serializer = (Serializer<V>) serializers.computeIfAbsent(
                topic, added -> serdes.valueSerde(topic.valueType()).serializer());
        return serializer.serialize(topic.name(), value);
    }

    @Override
    public void close() {
        serializers.values().forEach(Serializer::close);
        registry.close();
    }
}

package dev.afterglow.streams.runtime;

import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.AvroSerde;
import dev.afterglow.schemas.serde.Contracts;
import dev.afterglow.schemas.serde.SerdeFactory;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.flow.TopicSerdes;
import dev.afterglow.streams.reading.EventReaders;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The serdes of the topics after the configuration. Closing them closes the client of the registry. */
final class ConfiguredSerdes implements TopicSerdes, AutoCloseable {

    private final Map<String, Object> settings;
    private final SchemaRegistry registry;
    private final SerdeFactory factory;
    private final Topics topics;

    ConfiguredSerdes(AppConfig config) {
        settings = new HashMap<>(config.serdeSettings());
        settings.put(
                "afterglow.registry.retry.budget.ms",
                config.flow().registryRetryBudget().toMillis());
        config.valueSerde().ifPresent(name -> settings.put(SerdeFactory.VALUE_SERDE, name));
        registry = SchemaRegistry.from(settings);
        factory = new SerdeFactory(settings, registry);
        topics = config.topics();
    }

    @Override
    public <V> Serde<V> of(Topic<V> topic) {
        return switch (topic.encoding()) {
            case REGISTERED -> cast(registered(topic));
            case INTERNAL -> cast(StateSerde.of(topic.valueType().asSubclass(SpecificRecord.class)));
            case RAW -> cast(Serdes.ByteArray());
        };
    }

    /** A reader of events for one task, on the same client of the registry. */
    EventReaders eventReaders() {
        return new EventReaders(registry);
    }

    /** Puts the contracts into the registry. */
    void registerContracts() {
        Contracts.register(settings, registry, topics);
    }

    /** Events are always read by our own serde: it is quick, and remembers ids that the registry does not know. */
    private Serde<? extends SpecificRecord> registered(Topic<?> topic) {
        var type = topic.valueType().asSubclass(SpecificRecord.class);
        return topic.equals(topics.evaluations()) ? AvroSerde.of(type, registry) : factory.valueSerde(type);
    }

    /** Ends all waiting for a registry that does not answer; what has been read stays readable. */
    @Override
    public void close() {
        registry.close();
    }

    @SuppressWarnings("unchecked")
    private static <V> Serde<V> cast(Serde<?> serde) {
        return (Serde<V>) serde;
    }
}

package dev.afterglow.streams.testkit;

import dev.afterglow.schemas.registry.MockScopes;
import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.SerdeFactory;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.streams.flow.TopicSerdes;
import dev.afterglow.streams.reading.EventReaders;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The serdes of the topics on a registry in memory, one for each instance. */
public final class MockSerdes implements TopicSerdes, AutoCloseable {

    private final String scope = UUID.randomUUID().toString();
    private final Map<String, Object> settings = Map.of("schema.registry.url", "mock://" + scope);
    private final SchemaRegistry registry = SchemaRegistry.from(settings);
    private final SerdeFactory factory = new SerdeFactory(settings, registry);

    @Override
    @SuppressWarnings("unchecked")
    public <V> Serde<V> of(Topic<V> topic) {
        return (Serde<V>)
                switch (topic.encoding()) {
                    case REGISTERED -> factory.valueSerde(topic.valueType().asSubclass(SpecificRecord.class));
                    case INTERNAL -> StateSerde.of(topic.valueType().asSubclass(SpecificRecord.class));
                    case RAW -> Serdes.ByteArray();
                };
    }

    /** A reader of events on the same registry. */
    public EventReaders eventReaders() {
        return new EventReaders(registry);
    }

    /** The bytes of a value as they lie in its topic. */
    public <V> byte[] bytes(Topic<V> topic, V value) {
        return of(topic).serializer().serialize(topic.name(), value);
    }

    @Override
    public void close() {
        MockScopes.drop(scope);
    }
}

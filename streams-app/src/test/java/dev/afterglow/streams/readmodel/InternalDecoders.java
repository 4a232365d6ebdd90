package dev.afterglow.streams.readmodel;

import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads every topic without a registry, which is how the tests write them. */
public final class InternalDecoders implements Decoders {

    private static final ClassValue<StateSerde<?>> SERDES = new ClassValue<>() {
        @Override
        protected StateSerde<?> computeValue(Class<?> type) {
            return StateSerde.of(type.asSubclass(SpecificRecord.class));
        }
    };

    @Override
    @SuppressWarnings("unchecked")
    public <V> Deserializer<V> of(Topic<V> topic) {
        return (Deserializer<V>) serde(topic.valueType()).deserializer();
    }

    /** Bytes as {@link #of} reads them. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static byte[] encode(Topic<?> topic, Object value) {
        return value == null
                ? null
                : ((StateSerde) serde(topic.valueType())).serializer().serialize(topic.name(), value);
    }

    private static StateSerde<?> serde(Class<?> type) {
        return SERDES.get(type);
    }
}

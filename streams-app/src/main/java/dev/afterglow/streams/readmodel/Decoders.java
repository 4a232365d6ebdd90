package dev.afterglow.streams.readmodel;

import dev.afterglow.schemas.topic.Topic;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Where the read model gets its deserializers. What they throw decides: a {@code SerializationException}, or anything that
 * is not Kafka's, means a bad record, which is skipped; any other {@code KafkaException} (the registry does not answer,
 * say) means that nothing is known about the record, which is tried again until it is.
 */
@FunctionalInterface
public interface Decoders {

    /** A deserializer for the values of a topic, ready to use; called once per topic, used by one thread. */
    <V> Deserializer<V> of(Topic<V> topic);
}

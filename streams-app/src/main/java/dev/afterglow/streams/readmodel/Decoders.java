package dev.afterglow.streams.readmodel;

import dev.afterglow.schemas.topic.Topic;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Where the read model gets its deserializers. What they throw decides: when the registry is unavailable or refuses, or
 * Kafka says that trying again may help, nothing is known about the record, which is tried again until it is. Anything else
 * means a bad record, which is skipped.
 */
@FunctionalInterface
public interface Decoders {

    /** A deserializer for the values of a topic, ready to use; called once per topic, used by one thread. */
    <V> Deserializer<V> of(Topic<V> topic);
}

package dev.afterglow.streams.flow;

import dev.afterglow.schemas.topic.Topic;
import org.apache.kafka.common.serialization.Serde;

/** Gives the serde for the values of a topic. */
@FunctionalInterface
public interface TopicSerdes {

    /** The serde for the values of the topic, configured and ready; safe to share between the tasks of a topology. */
    <V> Serde<V> of(Topic<V> topic);
}

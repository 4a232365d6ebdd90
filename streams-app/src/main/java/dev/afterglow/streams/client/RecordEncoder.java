package dev.afterglow.streams.client;

import dev.afterglow.schemas.topic.Topic;
import org.apache.avro.specific.SpecificRecord;

/** Writes values as their topic wants them. */
@FunctionalInterface
public interface RecordEncoder {

    /**
     * The value in Confluent's wire format; registers its schema at first.
     *
     * @throws org.apache.kafka.common.KafkaException when the registry does not answer or refuses the schema
     */
    <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value);
}

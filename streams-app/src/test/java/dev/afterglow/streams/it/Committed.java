package dev.afterglow.streams.it;

import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.AvroSerde;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topic.Encoding;
import dev.afterglow.streams.config.AppConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what has been committed to a topic, from its beginning to its end. */
public final class Committed {

    private final AppConfig config;

    Committed(AppConfig config) {
        this.config = config;
    }

    /** Records of a topic of ours, by our own serde. */
    public <V extends SpecificRecord> List<ConsumerRecord<String, V>> records(Topic<V> topic) {
        if (topic.encoding() == Encoding.INTERNAL) {
            return read(topic.name(), StateSerde.of(topic.valueType()).deserializer());
        }
        try (var registry = SchemaRegistry.from(config.serdeSettings());
                var serde = AvroSerde.of(topic.valueType(), registry)) {
            return read(topic.name(), serde.deserializer());
        }
    }

    /** The values of them. */
    public <V extends SpecificRecord> List<V> values(Topic<V> topic) {
        return records(topic).stream().map(ConsumerRecord::value).toList();
    }

    /** Records as they are. */
    public List<ConsumerRecord<String, byte[]>> raw(Topic<byte[]> topic) {
        return read(topic.name(), new ByteArrayDeserializer());
    }

    private <V> List<ConsumerRecord<String, V>> read(String topic, Deserializer<V> values) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                config.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, V>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}

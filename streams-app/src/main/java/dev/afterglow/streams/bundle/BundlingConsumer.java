package dev.afterglow.streams.bundle;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer whose polls have one record for each partition, with a bundle of those that were read. */
final class BundlingConsumer extends KafkaConsumer<byte[], byte[]> {

    BundlingConsumer(Map<String, Object> settings) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return Bundler.join(super.poll(timeout));
    }
}

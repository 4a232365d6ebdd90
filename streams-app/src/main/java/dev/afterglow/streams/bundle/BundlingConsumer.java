package dev.afterglow.streams.bundle;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer whose polls have one record for each partition, with a bundle of those that were read. */
final class BundlingConsumer extends KafkaConsumer<byte[], byte[]> {

    private final Bundler bundler;

    BundlingConsumer(Map<String, Object> settings, Bundler bundler) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.bundler = bundler;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return bundler.join(super.poll(timeout));
    }
}

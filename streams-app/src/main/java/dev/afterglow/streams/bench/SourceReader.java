package dev.afterglow.streams.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads partitions from their beginning to where they end, in large polls. */
final class SourceReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private SourceReader() {}

    static KafkaConsumer<byte[], byte[]> consumer(CaseSettings settings) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        settings.bootstrapServers(),
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        5_000,
                        "max.partition.fetch.bytes",
                        4 * 1024 * 1024,
                        "fetch.min.bytes",
                        1024 * 1024,
                        "fetch.max.wait.ms",
                        100),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The partitions of the source that are one thread's share. */
    static List<TopicPartition> share(
            KafkaConsumer<byte[], byte[]> consumer, CaseSettings settings, int thread, int threads) {
        return consumer.partitionsFor(settings.source()).stream()
                .filter(partition -> partition.partition() % threads == thread)
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Progress progress,
            Consumer<ConsumerRecords<byte[], byte[]>> work) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var left = new HashMap<>(consumer.endOffsets(partitions));
        left.values().removeIf(end -> end == 0);
        while (!left.isEmpty()) {
            var records = consumer.poll(POLL);
            work.accept(records);
            progress.addConsumed(records.count());
            records.partitions()
                    .forEach(partition -> left.computeIfPresent(
                            partition, (same, end) -> consumer.position(partition) >= end ? null : end));
        }
    }
}

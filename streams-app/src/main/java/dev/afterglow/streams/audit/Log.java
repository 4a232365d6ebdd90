package dev.afterglow.streams.audit;

import dev.afterglow.streams.config.AppConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads stretches of topics, committed records only, with a plain consumer that has no group and commits nothing. */
final class Log implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(250);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Clock clock;
    private final Duration patience;

    /** @param patience for how long a log may stand still before its end */
    Log(AppConfig config, Clock clock, Duration patience) {
        this.consumer = open(config, "read_committed");
        this.clock = clock;
        this.patience = patience;
    }

    static KafkaConsumer<byte[], byte[]> open(AppConfig config, String isolation) {
        var settings = config.consumerSettings();
        settings.keySet().removeAll(List.of(ConsumerConfig.GROUP_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "afterglow-audit");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The partitions of a topic, by number. */
    List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .sorted((one, other) -> Integer.compare(one.partition(), other.partition()))
                .toList();
    }

    /** The first offsets that are still there. */
    Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        return consumer.beginningOffsets(partitions);
    }

    /** The ends of what is committed. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return consumer.endOffsets(partitions);
    }

    /**
     * Hands out all committed records from one offset to below another.
     *
     * @throws AuditRefusedException when the log has lost records of the stretch, or stands still in it
     */
    void read(TopicPartition partition, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long position = from;
        var moved = clock.instant();
        while (position < to) {
            for (var record : poll(partition)) {
                if (record.offset() < to) {
                    reader.accept(record);
                }
            }
            long before = position;
            position = consumer.position(partition);
            moved = position > before ? clock.instant() : moved;
            if (position < to) {
                requireMotion(partition, position, to, moved);
            }
        }
    }

    /** The first committed record of a stretch; empty when there is none. */
    Optional<ConsumerRecord<byte[], byte[]>> first(TopicPartition partition, long from, long to) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        var since = clock.instant();
        while (consumer.position(partition) < to) {
            for (var record : poll(partition)) {
                return Optional.of(record).filter(found -> found.offset() < to);
            }
            requireMotion(partition, consumer.position(partition), to, since);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private List<ConsumerRecord<byte[], byte[]>> poll(TopicPartition partition) {
        try {
            return consumer.poll(POLL).records(partition);
        } catch (OffsetOutOfRangeException e) {
            throw new AuditRefusedException(
                    partition + " lost records while it was read, as they became too old: run the audit again");
        }
    }

    private void requireMotion(TopicPartition partition, long position, long to, Instant moved) {
        if (moved.plus(patience).isBefore(clock.instant())) {
            throw new AuditRefusedException(partition + " stands at offset " + position + " of " + to
                    + ": a transaction that is not finished may hold it up; wait until it has timed out");
        }
    }
}

package dev.afterglow.streams.progress;

import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.state.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Waits, with only Kafka at hand, for a pipeline that runs elsewhere to settle. */
public final class Settlement implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(250);

    private final Consumer<String, Progress> consumer;
    private final String topic;
    private final ProgressTable table;
    private final Clock clock;
    private Map<TopicPartition, Long> ends = Map.of();

    Settlement(Consumer<String, Progress> consumer, String topic, Stages stages, Clock clock) {
        this.consumer = consumer;
        this.topic = topic;
        this.table = new ProgressTable(stages);
        this.clock = clock;
    }

    /**
     * Connects.
     *
     * @param client Kafka client settings: bootstrap servers and security
     * @param topic the progress topic
     * @param deserializer of its values
     * @param stages the stages to wait for
     * @param clock the present; instances whose clock differs from it by 15 s or more are taken for gone
     */
    public static Settlement connect(
            Map<String, Object> client,
            Topic<Progress> topic,
            Deserializer<Progress> deserializer,
            Stages stages,
            Clock clock) {
        var settings = new HashMap<>(client);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "afterglow-settlement");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), deserializer);
        return new Settlement(consumer, topic.name(), stages, clock);
    }

    /**
     * Waits until what arrived at an instant has passed every stage and can be read from every instance that serves. At
     * least one has to serve. May be called again for a later arrival.
     *
     * @param newestArrival arrival time, on the broker's clock, of the last record that is waited for
     * @param timeout how long to wait
     * @return false when the time was not enough
     */
    public boolean await(Instant newestArrival, Duration timeout) {
        var until = clock.instant().plus(timeout);
        do {
            readOn();
            if (isLevel() && table.hasSettled(newestArrival, clock.instant())) {
                return true;
            }
        } while (clock.instant().isBefore(until));
        return false;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void readOn() {
        if (consumer.assignment().isEmpty()) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            ends = consumer.endOffsets(partitions);
        }
        for (var record : consumer.poll(POLL)) {
            table.put(record.key(), record.value());
        }
    }

    /** Before that, an instance could be missed whose row lies further on. */
    private boolean isLevel() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}

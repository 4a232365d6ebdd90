package dev.afterglow.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The store under a real Kafka Streams: restored after a restart, and after a failure without what was aborted. */
@ExtendWith(SharedCluster.class)
class IdStoreIT {

    private static final int EVENTS = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String prefix = SharedCluster.freshPrefix();

    @TempDir
    Path directory;

    private String servers;

    @Test
    void passesEachEventOnOnceOverAFailureAndARestart(EmbeddedCluster cluster) throws Exception {
        // given
        servers = cluster.bootstrapServers();
        createTopics();
        var failed = new AtomicBoolean();
        try (KafkaStreams streams = start(failed)) {
            await().atMost(PATIENCE).until(() -> streams.state() == KafkaStreams.State.RUNNING);
            send(0, EVENTS);
            await().atMost(PATIENCE).until(() -> committed() == EVENTS);

            // when a task fails with new ids in an open transaction, and starts again
            send(EVENTS, 2 * EVENTS);
            sendOne(DedupeTopology.POISON);
            await().atMost(PATIENCE).untilTrue(failed);
            await().atMost(PATIENCE).until(() -> committed() == 2 * EVENTS + 1);
        }
        // and all events come again to a new instance
        try (KafkaStreams streams = start(failed)) {
            await().atMost(PATIENCE).until(() -> streams.state() == KafkaStreams.State.RUNNING);
            send(0, 2 * EVENTS);
            await().atMost(PATIENCE).until(() -> committed() == 4 * EVENTS + 1);
        }

        // then
        assertThat(passedOn()).hasSize(2 * EVENTS + 1).doesNotHaveDuplicates();
    }

    private KafkaStreams start(AtomicBoolean failed) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, prefix + "ids-it");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 10_000);
        var streams = new KafkaStreams(DedupeTopology.of(prefix, failed), properties);
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
        streams.start();
        return streams;
    }

    private void createTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(
                            new NewTopic(prefix + DedupeTopology.IN, 1, (short) 1),
                            new NewTopic(prefix + DedupeTopology.OUT, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private void sendOne(String value) {
        send(List.of(value));
    }

    private void send(int from, int to) {
        var values = new ArrayList<String>();
        for (int event = from; event < to; event++) {
            values.add("event-" + event);
        }
        send(values);
    }

    private void send(List<String> values) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            values.forEach(value -> producer.send(new ProducerRecord<>(prefix + DedupeTopology.IN, "key", value)));
        }
    }

    private long committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin
                    .listConsumerGroupOffsets(prefix + "ids-it")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    private List<String> passedOn() {
        var settings = Map.<String, Object>of("bootstrap.servers", servers, "isolation.level", "read_committed");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(prefix + DedupeTopology.OUT, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}

package dev.afterglow.streams.progress;

import static dev.afterglow.streams.readmodel.Samples.BUTTON;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.Progress;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.readmodel.InternalDecoders;
import dev.afterglow.streams.readmodel.ReadModel;
import dev.afterglow.streams.readmodel.Samples;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class ReadModelIT {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Stages STAGES = new Stages(Map.of("cost", 1));

    @TempDir
    Path directory;

    private EmbeddedCluster cluster;
    private Admin admin;
    private Topics topics;

    @BeforeEach
    void makeTopics(EmbeddedCluster shared) throws Exception {
        cluster = shared;
        admin = Admin.create(client());
        topics = new Topics(SharedCluster.freshPrefix());
        admin.createTopics(topics.all().stream()
                        .map(topic -> new NewTopic(topic.name(), 1, (short) 1))
                        .toList())
                .all()
                .get();
    }

    @AfterEach
    void stop() {
        admin.close(Duration.ofSeconds(1));
    }

    @Test
    void reachesTheEndOffsetsOverTheMarkersOfTransactions() throws Exception {
        // given
        try (var model = readModel()) {
            await().until(model::ready);

            // when
            commit(true, count(5, 1));
            commit(false, count(99, 2));

            // then
            var partition = new TopicPartition(topics.impressions().name(), 0);
            var ends = new AdminCluster(admin);
            // The broker answers the producer before it has written the last marker.
            patiently().until(() -> ends.ends(List.of(partition)).get(partition) == 4);
            patiently().until(() -> model.applied().get(partition) == 4);
            assertThat(impressions(model)).isEqualTo(5);
        }
    }

    @Test
    void resumesAfterARestart() throws Exception {
        // given
        commit(true, count(5, 1));
        try (var model = readModel()) {
            patiently().until(model::ready);
        }

        // when
        commit(true, count(7, 2));
        try (var model = readModel()) {
            patiently().until(model::ready);

            // then
            assertThat(impressions(model)).isEqualTo(7);
        }
    }

    @Test
    void buildsAnewWhenItsOffsetIsGone() throws Exception {
        // given
        commit(true, count(5, 1));
        try (var model = readModel()) {
            patiently().until(model::ready);
        }
        commit(true, count(6, 2));
        commit(true, new Record(topics.impressions(), Samples.countKey(BUTTON, HOUR, "off"), countOf("off", 3)));

        // when: what it has read, and the next record, expire
        admin.deleteRecords(Map.of(new TopicPartition(topics.impressions().name(), 0), RecordsToDelete.beforeOffset(4)))
                .all()
                .get();
        try (var model = readModel()) {
            patiently().until(model::ready);

            // then
            assertThat(impressions(model)).isEqualTo(3);
        }
    }

    @Test
    void settlesOnceWhatArrivedHasPassedAndIsApplied() throws Exception {
        // given
        try (var model = readModel();
                var monitor = SettlementMonitor.start(
                        admin, model, STAGES, List.of(topics.evaluations().name()), Map.of("intake", "none"), CLOCK);
                var beacon = ServedBeacon.start(
                        client(),
                        topics.progress(),
                        StateSerde.of(Progress.class).serializer(),
                        "one",
                        "http://127.0.0.1:1",
                        monitor::status,
                        CLOCK);
                var settlement = Settlement.connect(
                        client(),
                        topics.progress(),
                        StateSerde.of(Progress.class).deserializer(),
                        STAGES,
                        CLOCK)) {
            commit(true, new Record(topics.evaluations(), "unit", new byte[] {1}));
            var arrived = Instant.now();
            assertThat(beacon).isNotNull();
            assertThat(settlement.await(arrived, Duration.ofMillis(500))).isFalse();
            assertThat(monitor.status().settled()).isFalse();

            // when
            var watermark = arrived.plusMillis(50);
            commit(
                    true,
                    count(5, 1),
                    new Record(topics.progress(), "cost/0", new Progress("cost", 0, watermark, watermark, null)));

            // then
            assertThat(settlement.await(arrived, Duration.ofSeconds(30))).isTrue();
            assertThat(impressions(model)).isEqualTo(5);
            patiently().until(() -> monitor.status().settled());
        }
    }

    private record Record(Topic<?> topic, String key, Object value) {}

    private Record count(long count, long revision) {
        return new Record(
                topics.impressions(),
                Samples.countKey(BUTTON, HOUR, "on"),
                Samples.count(BUTTON, HOUR, "on", count, revision));
    }

    private static Object countOf(String variant, long count) {
        return Samples.count(BUTTON, HOUR, variant, count, 1);
    }

    private void commit(boolean commit, Record... records) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "transactional.id",
                UUID.randomUUID().toString());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (var record : records) {
                var value = record.value() instanceof byte[] bytes
                        ? bytes
                        : InternalDecoders.encode(record.topic(), record.value());
                producer.send(new ProducerRecord<>(
                        record.topic().name(), record.key().getBytes(StandardCharsets.UTF_8), value));
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private ReadModel readModel() {
        return ReadModel.start(directory, topics, client(), new InternalDecoders(), CLOCK, failure -> {});
    }

    private static long impressions(ReadModel model) {
        try (var view = model.view()) {
            return view.impressions(BUTTON).orElse(0L);
        }
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", cluster.bootstrapServers());
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30));
    }
}

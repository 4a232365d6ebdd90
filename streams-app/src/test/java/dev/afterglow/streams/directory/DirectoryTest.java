package dev.afterglow.streams.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.testkit.FakePolicies;
import dev.afterglow.streams.testkit.MockSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final Topic<ProjectPolicy> TOPIC = new Topics("t.").projects();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC.name(), 0);

    private final MockSerdes serdes = new MockSerdes();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Directory<ProjectPolicy> directory = new Directory<>(
            TOPIC,
            consumer,
            serdes.of(TOPIC).deserializer(),
            ProjectPolicy::getProject,
            PolicyHistory::problems,
            failure::complete);
    private long offset;

    @AfterEach
    void close() {
        directory.close();
        serdes.close();
    }

    @Test
    void isReadyWhenEverythingThatWasThereAtTheStartIsRead() throws InterruptedException {
        // given
        startWithEnd(2);
        arrive("shop", FakePolicies.shop(1));

        // when, then
        assertThat(directory.awaitReady(Duration.ofMillis(50))).isFalse();
        arrive("shop", FakePolicies.shop(2));
        assertThat(directory.awaitReady(Duration.ofSeconds(10))).isTrue();
        assertThat(directory.of("shop"))
                .extracting(entry -> entry.value().getVersion(), Entry::arrivedAt)
                .containsExactly(tuple(1L, NOON), tuple(2L, NOON));
    }

    @Test
    void growsItsRevisionWithAChangeAndWithNothingElse() {
        // given
        startWithEnd(0);
        arrive("shop", FakePolicies.shop(1));
        await().until(() -> directory.revision() == 1);

        // when something that cannot be used lies between two versions
        arriveRaw("shop", new byte[] {1, 2, 3});
        arriveRaw("shop", null);
        arrive("shop", FakePolicies.shop(0));
        arrive("shop", FakePolicies.shop(2));

        // then
        await().until(() -> directory.of("shop").size() == 2);
        assertThat(directory.revision()).isEqualTo(2);
        assertThat(failure).isNotDone();
    }

    @Test
    void putsNothingInForceThatWasWrittenUnderAnotherKey() {
        // given
        startWithEnd(0);

        // when
        arrive("other", FakePolicies.shop(1));
        arrive("shop", FakePolicies.shop(2));

        // then
        await().until(() -> directory.revision() == 1);
        assertThat(directory.all()).containsOnlyKeys("shop");
        assertThat(directory.of("shop")).hasSize(1);
    }

    @Test
    void saysWhenItCanNoLongerFollow() {
        // given
        startWithEnd(0);

        // when
        consumer.schedulePollTask(() -> consumer.setPollException(new KafkaException("no more")));

        // then
        await().until(failure::isDone);
        assertThat(failure.join()).hasMessageContaining(TOPIC.name());
    }

    @Test
    void endsQuietlyWhenItIsClosed() {
        // given
        startWithEnd(0);

        // when
        directory.close();

        // then
        assertThat(consumer.closed()).isTrue();
        assertThat(failure).isNotDone();
    }

    private void startWithEnd(long end) {
        consumer.updatePartitions(TOPIC.name(), List.of(new PartitionInfo(TOPIC.name(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
        directory.start();
        await().until(() -> !consumer.assignment().isEmpty());
    }

    private void arrive(String key, ProjectPolicy.Builder policy) {
        arriveRaw(key, serdes.bytes(TOPIC, policy.build()));
    }

    private void arriveRaw(String key, byte[] value) {
        var record = new ConsumerRecord<>(
                TOPIC.name(),
                0,
                offset++,
                NOON.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                key.length(),
                value == null ? 0 : value.length,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.<Integer>empty());
        consumer.schedulePollTask(() -> consumer.addRecord(record));
    }
}

package dev.afterglow.streams.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionsTest {

    private static final Topic<byte[]> TOPIC = new Topics("t.").deadLetters();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC.name(), 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Directory<byte[]> directory = new Directory<>(
            TOPIC, consumer, new ByteArrayDeserializer(), VersionsTest::keyOf, value -> List.of(), failure -> {});
    private final AtomicInteger made = new AtomicInteger();
    private final Versions<byte[], String> versions = new Versions<>(directory, this::join);
    private long offset;

    @BeforeEach
    void start() {
        consumer.updatePartitions(TOPIC.name(), List.of(new PartitionInfo(TOPIC.name(), 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        directory.start();
        await().until(() -> !consumer.assignment().isEmpty());
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void makesWhatIsLookedUpOnceForEachKey() {
        // given
        arrive("a1");
        arrive("b1");

        // when
        var found = List.of(versions.of("a"), versions.of("b"), versions.of("a"), versions.of("b"));

        // then
        assertThat(found).containsExactly("a:a1", "b:b1", "a:a1", "b:b1");
        assertThat(made).hasValue(2);
    }

    @Test
    void keepsNothingForKeysThatNobodyHasConfigured() {
        // when
        var found = List.of(versions.of("invented"), versions.of("invented"));

        // then
        assertThat(found).containsOnly("invented:");
        assertThat(made).hasValue(2);
    }

    @Test
    void makesItAnewWhenSomethingHasChanged() {
        // given
        versions.of("a");

        // when
        arrive("a1");
        arrive("a2");

        // then
        assertThat(versions.of("a")).isEqualTo("a:a1,a2");
        assertThat(versions.of("b")).isEqualTo("b:");
    }

    private void arrive(String value) {
        long before = directory.revision();
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var record = new ConsumerRecord<>(TOPIC.name(), 0, offset++, new byte[] {bytes[0]}, bytes);
        consumer.schedulePollTask(() -> consumer.addRecord(record));
        await().until(() -> directory.revision() > before);
    }

    private String join(String key, List<Entry<byte[]>> entries) {
        made.incrementAndGet();
        return entries.stream()
                .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining(",", key + ":", ""));
    }

    private static String keyOf(byte[] value) {
        return new String(value, 0, 1, StandardCharsets.UTF_8);
    }
}

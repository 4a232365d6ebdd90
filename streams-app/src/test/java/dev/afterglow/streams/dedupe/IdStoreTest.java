package dev.afterglow.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdStoreTest {

    private static final String APPLICATION = "dedupe-test";
    private static final Instant START = Instant.parse("2026-03-01T00:30:00Z");

    @TempDir
    Path directory;

    private TopologyTestDriver driver;
    private TestInputTopic<String, String> in;
    private TestOutputTopic<byte[], byte[]> changelog;

    @BeforeEach
    void open() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        driver = new TopologyTestDriver(DedupeTopology.of("", new AtomicBoolean()), properties, START);
        in = driver.createInputTopic(DedupeTopology.IN, new StringSerializer(), new StringSerializer());
        changelog = driver.createOutputTopic(
                APPLICATION + "-" + DedupeTopology.IDS + "-changelog",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void passesAnEventOnOnce() {
        // when
        in.pipeInput("k", "a", START);
        in.pipeInput("k", "a", START.plusSeconds(1));
        in.pipeInput("k", "b", START.plusSeconds(1));
        in.pipeInput("k", "a", START.plus(Duration.ofHours(24)));
        in.pipeInput("k", "a", START.plus(Duration.ofHours(25)));

        // then
        var out = driver.createOutputTopic(DedupeTopology.OUT, new StringDeserializer(), new StringDeserializer());
        assertThat(out.readValuesToList()).containsExactly("a", "b", "a");
    }

    @Test
    void writesNewIdsInTheirCommitAndDeletesThemWhenTheyExpire() {
        // given
        in.pipeInput("k", "a", START);
        var written = changelog.readKeyValue();
        assertThat(written.value).hasSize(PendingBatches.ID_BYTES);
        in.pipeInput("k", "a", START);
        assertThat(changelog.isEmpty()).isTrue();

        // when
        in.pipeInput("k", "b", START.plus(Duration.ofHours(25)));

        // then
        var deleted = changelog.readKeyValue();
        assertThat(deleted.key).isEqualTo(written.key);
        assertThat(deleted.value).isNull();
        assertThat(changelog.readValue()).hasSize(PendingBatches.ID_BYTES);
    }

    @Test
    void tellsWhatItKeeps() {
        // when
        in.pipeInput("k", "a", START);
        in.pipeInput("k", "b", START.plus(Duration.ofHours(1)));

        // then
        var store = (IdStore) driver.getStateStore(DedupeTopology.IDS);
        assertThat(store.figures().ids()).isEqualTo(2);
        assertThat(store.figures().segments()).isEqualTo(2);
        assertThat(store.figures().heapBytes()).isPositive();
        assertThat(store.figures().mappedBytes()).isPositive();
    }

    @Test
    void isSeenAmongTheMetricsOfKafkaStreams() {
        // when
        in.pipeInput("k", "a", START);
        in.pipeInput("k", "b", START);

        // then
        assertThat(driver.metrics().values())
                .filteredOn(metric -> metric.metricName().group().equals("event-id-metrics")
                        && metric.metricName().name().equals("ids"))
                .extracting(Metric::metricValue)
                .containsExactly(2.0);
    }

    @Test
    void refusesToBeWithoutItsChangelogOrCached() {
        var builder = new IdStoreBuilder("ids", IdLimits.DEFAULT);
        assertThatThrownBy(builder::withLoggingDisabled).hasMessageContaining("ids");
        assertThatThrownBy(builder::withCachingEnabled).hasMessageContaining("ids");
        assertThat(builder.withLoggingEnabled(Map.of("segment.ms", "1")).logConfig())
                .containsKey("segment.ms");
    }
}

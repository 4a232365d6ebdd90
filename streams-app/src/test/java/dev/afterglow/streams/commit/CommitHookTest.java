package dev.afterglow.streams.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.streams.commit.GatheringProcessor.Probe;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fails when another version of Kafka Streams does no longer empty caches within the commit. */
class CommitHookTest {

    private static final String APPLICATION = "hook-test";

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenAndForwardedInTheHookLeavesInTheCommitOfTheRecord() {
        // given
        try (var driver = driver()) {
            var in = driver.createInputTopic(GatheringProcessor.IN, new StringSerializer(), new StringSerializer());
            var changelog = driver.createOutputTopic(
                    APPLICATION + "-" + GatheringProcessor.TOTALS + "-changelog",
                    new StringDeserializer(),
                    new LongDeserializer());
            var out =
                    driver.createOutputTopic(GatheringProcessor.OUT, new StringDeserializer(), new LongDeserializer());

            // when
            in.pipeInput("a", "first");
            in.pipeInput("a", "second");

            // then
            assertThat(changelog.readKeyValuesToList())
                    .containsExactly(new KeyValue<>("a", 1L), new KeyValue<>("a", 2L));
            assertThat(out.readKeyValuesToList()).containsExactly(new KeyValue<>("a", 1L), new KeyValue<>("a", 1L));
        }
    }

    @Test
    void isSeenAsACacheByKafkaStreams() {
        assertThat(new CommitHookBuilder("hook").build()).isInstanceOf(CachedStateStore.class);
    }

    @Test
    void doesNothingBeforeAProcessorRegistersAndAfterItIsClosed() {
        // given
        var hook = new CommitHookBuilder("hook").build();

        // when
        hook.flushCache();
        hook.close();
        hook.flushCache();

        // then
        assertThat(hook.isOpen()).isFalse();
    }

    @Test
    void cannotBeLogged() {
        var builder = new CommitHookBuilder("hook");
        assertThat(builder.loggingEnabled()).isFalse();
        assertThatThrownBy(() -> builder.withLoggingEnabled(Map.of())).hasMessageContaining("hook");
    }

    private TopologyTestDriver driver() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        return new TopologyTestDriver(GatheringProcessor.topology("", new Probe()), properties);
    }
}

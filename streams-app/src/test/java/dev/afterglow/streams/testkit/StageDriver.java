package dev.afterglow.streams.testkit;

import dev.afterglow.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Runs the topology of one stage without a broker, as the task of partition 0, on a clock that the test moves. What is
 * piped in arrives at the time of that clock.
 */
public final class StageDriver implements AutoCloseable {

    private final MockSerdes serdes;
    private final Path directory;
    private final TopologyTestDriver driver;
    private Instant now;

    /** @param stage makes the topology out of the settings of Kafka Streams */
    public StageDriver(Function<TopologyConfig, Topology> stage, MockSerdes serdes, Instant start) {
        this.serdes = serdes;
        this.now = start;
        this.directory = temporaryDirectory();
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "stage");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        var topology = stage.apply(new TopologyConfig(new StreamsConfig(properties)));
        driver = new TopologyTestDriver(topology, properties, start);
    }

    /** Time of the clock. */
    public Instant now() {
        return now;
    }

    /** Moves the clock on; what is scheduled within is done once. */
    public void advance(Duration duration) {
        now = now.plus(duration);
        driver.advanceWallClockTime(duration);
    }

    /** Moves the clock to a time. */
    public void advanceTo(Instant time) {
        advance(Duration.between(now, time));
    }

    /** A record arrives. */
    public <V> void pipe(Topic<V> topic, String key, V value) {
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), serdes.of(topic).serializer())
                .pipeInput(key, value, now);
    }

    /** Bytes arrive. */
    public void pipeRaw(Topic<?> topic, byte[] key, byte[] value) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(key, value, now);
    }

    /** What was written to a topic since it was read last. */
    public <V> List<TestRecord<String, V>> read(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(), new StringDeserializer(), serdes.of(topic).deserializer())
                .readRecordsToList();
    }

    /** The values that were written to a topic since it was read last. */
    public <V> List<V> values(Topic<V> topic) {
        return read(topic).stream().map(TestRecord::value).toList();
    }

    /** The bytes that were written to a topic since it was read last. */
    public List<TestRecord<byte[], byte[]>> readRaw(Topic<?> topic) {
        return driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
        serdes.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("afterglow-stage");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

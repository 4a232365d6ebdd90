package dev.afterglow.streams.runtime;

import dev.afterglow.schemas.topic.Topic;
import dev.afterglow.streams.cleanup.CleanupTopology;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.intake.IntakeTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.processor.FailOnInvalidTimestamp;

/** The settings of Kafka Streams for a stage: ours below, those of the user above them, and what is not up to anybody. */
final class StageSettings {

    /** At the latest: the stages ask for earlier commits, the sooner the less they have to hand on. */
    private static final long COMMIT_INTERVAL_MS = 10_000;

    /** The first of them has everybody else wait for it. */
    private static final long INTAKE_COMMIT_INTERVAL_MS = 5_000;

    /** The one that every client can read, those in JavaScript among them. */
    private static final String COMPRESSION = "gzip";

    /** The quickest: a fifth more bytes for two fifths of the time, measured on keys of counts. */
    private static final int COMPRESSION_LEVEL = 1;

    /** What intake writes is small, but for fingerprints of event ids, and in those there is nothing to compress. */
    private static final Map<String, Object> INTAKE = Map.of(
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
            INTAKE_COMMIT_INTERVAL_MS,
            StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
            "none",
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
            5_000,
            StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
            4 * 1024 * 1024);

    /** A bundle is worked off whole or not at all, and each holds what a poll has brought: one more may wait. */
    private static final Map<String, Object> BUNDLED = Map.of(
            StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG,
            1,
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            LogAndFailProcessingExceptionHandler.class,
            // One that finds no time in what it does not know would skip all of it.
            StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
            FailOnInvalidTimestamp.class);

    /** What is written within a commit comes at once: with the usual 16 KiB it would leave in hundreds of requests. */
    private static final int BATCH_BYTES = 256 * 1024;

    /** Longer than any turn of work on a busy machine; a turn that takes longer is aborted and done again. */
    private static final int TRANSACTION_TIMEOUT_MS = 60_000;

    /** Cases are judged between two polls: with nothing to read, each poll is a wait of the judge. */
    private static final long JUDGING_POLL_MS = 10;

    private static final long CACHE_BYTES = 32L * 1024 * 1024;

    private final AppConfig config;
    private final String instanceId;

    StageSettings(AppConfig config, String instanceId) {
        this.config = config;
        this.instanceId = instanceId;
    }

    Map<String, Object> of(String stage, int threads) {
        var settings = new HashMap<String, Object>();
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        if (stage.equals(CleanupTopology.STAGE)) {
            settings.put(StreamsConfig.POLL_MS_CONFIG, JUDGING_POLL_MS);
        } else {
            // Each task reads one partition: there is no other that it would have to wait for, with every record.
            settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        }
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int)
                config.topicConfig().replicationFactor());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), COMPRESSION);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG), COMPRESSION_LEVEL);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.LARGEST_MESSAGE);
        settings.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(Topic.LARGEST_MESSAGE));
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId + '-' + stage);
        if (stage.equals(IntakeTopology.STAGE)) {
            settings.putAll(INTAKE);
        }
        var given = config.streamsSettings();
        settings.keySet().removeIf(key -> isGivenOtherwise(key, given.keySet()));
        settings.putAll(given);
        if (stage.equals(IntakeTopology.STAGE)) {
            settings.putAll(BUNDLED);
        }
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, Stage.applicationId(config.topics(), stage));
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory(config).toString());
        return settings;
    }

    /** Whether the user has set what a default of ours sets for one client, for all of them: the prefix would win. */
    private static boolean isGivenOtherwise(String key, Set<String> given) {
        if (key.startsWith(StreamsConfig.MAIN_CONSUMER_PREFIX)) {
            var bare = key.substring(StreamsConfig.MAIN_CONSUMER_PREFIX.length());
            return given.contains(bare) || given.contains(StreamsConfig.consumerPrefix(bare));
        }
        return key.startsWith(StreamsConfig.PRODUCER_PREFIX)
                && given.contains(key.substring(StreamsConfig.PRODUCER_PREFIX.length()));
    }

    /** Where Kafka Streams keeps the stores of all stages. */
    static Path stateDirectory(AppConfig config) {
        return config.dataDir().resolve("streams");
    }

    /** How long a stream thread of a stage may be away before its partitions are given to others. */
    Duration maxPollInterval(String stage) {
        var consumer = new StreamsConfig(of(stage, 1)).getMainConsumerConfigs("any", "any", 0);
        return Duration.ofMillis(new ConsumerConfig(ConsumerConfig.appendDeserializerToConfig(
                        consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()))
                .getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG));
    }

    /** The naming of stores and topics is enforced only by what the topology itself is built with. */
    TopologyConfig topologyConfig(String stage) {
        return new TopologyConfig(new StreamsConfig(of(stage, 1)));
    }
}

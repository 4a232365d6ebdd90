package dev.afterglow.streams.bench;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windowed count as every introduction to Kafka Streams has it: group by experiment and variant, windows of an hour, 10
 * min of grace; exactly once, commits each second, 64 MB of cache. Optionally with the usual de-duplication before it.
 */
final class Textbook {

    private static final Logger LOGGER = LoggerFactory.getLogger(Textbook.class);

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofMinutes(10);

    private Textbook() {}

    /** Starts it; it runs until the process ends. */
    static void start(CaseSettings settings, boolean dedupe) {
        var registry = SchemaRegistry.from(Map.of("schema.registry.url", settings.registryUrl()));
        var events = AvroSerde.of(EvaluationEvent.class, registry);
        var streams = new KafkaStreams(topology(settings, events, dedupe), properties(settings));
        streams.setUncaughtExceptionHandler(failure -> {
            // The watcher finds the process gone, and its log.
            LOGGER.atError().setCause(failure).log("a stream thread failed");
            Runtime.getRuntime().halt(1);
            return null;
        });
        streams.start();
    }

    static Topology topology(CaseSettings settings, Serde<EvaluationEvent> events, boolean dedupe) {
        var builder = new StreamsBuilder();
        KStream<String, EvaluationEvent> source = builder.stream(
                settings.source(),
                Consumed.with(Serdes.String(), events)
                        .withName("evaluations")
                        .withTimestampExtractor(Textbook::occurredAt));
        var counted = dedupe ? source.process(WindowStoreDedupe.supplier(), Named.as("dedupe")) : source;
        counted.groupBy(Textbook::cell, Grouped.with("by-variant", Serdes.String(), events))
                .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
                .count(Named.as("count"))
                .toStream(Named.as("counts"))
                .selectKey(Textbook::key, Named.as("named"))
                .to(settings.output(), Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    private static long occurredAt(ConsumerRecord<Object, Object> record, long partitionTime) {
        return ((EvaluationEvent) record.value()).getOccurredAt().toEpochMilli();
    }

    private static String cell(String unit, EvaluationEvent event) {
        return event.getExperiment() + '/' + event.getVariant();
    }

    private static String key(Windowed<String> window, Long count) {
        var cell = window.key().split("/", 2);
        return Loader.keyOf(
                cell[0], cell[1], Instant.ofEpochMilli(window.window().start()));
    }

    private static Properties properties(CaseSettings settings) {
        var properties = new Properties();
        properties.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                settings.application(),
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                StreamsConfig.STATE_DIR_CONFIG,
                settings.directory().resolve("state").toString(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                1_000,
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                64L * 1024 * 1024,
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                2,
                // What is deleted meanwhile could not be measured afterwards.
                StreamsConfig.REPARTITION_PURGE_INTERVAL_MS_CONFIG,
                Duration.ofHours(6).toMillis(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"));
        return properties;
    }
}

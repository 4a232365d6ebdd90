package dev.afterglow.schemas.topic;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One topic of the catalogue. Keys are plain strings, but for {@code dead-letters}, which carries the raw key of its
 * source.
 *
 * @param name full name, prefix included
 * @param valueType class of the value: an Avro contract, an internal message, or {@code byte[]}
 * @param encoding how the value is written
 * @param partitions which topics it shares its number of partitions with
 * @param cleanup how it is kept
 * @param retention how long it is kept; empty for ever (or, when compacted, as long as the key has no newer record)
 */
public record Topic<V>(
        String name,
        Class<V> valueType,
        Encoding encoding,
        PartitionGroup partitions,
        CleanupPolicy cleanup,
        Optional<Duration> retention) {

    /**
     * Bytes of the largest record on topics that carry what others have sent (dead letters), or what is added up between
     * the stages: larger than anything on the topics it comes from.
     */
    public static final int LARGEST_MESSAGE = 20 * 1024 * 1024;

    /** How a value is written. */
    public enum Encoding {
        /** Confluent wire format, schema in the registry under {@code <topic>-value}. */
        REGISTERED,
        /** Avro single-object encoding, readable without a registry; for topics between our own stages. */
        INTERNAL,
        /** Bytes as they came. */
        RAW
    }

    /**
     * The settings the topic is created with and checked against. Timestamps are the broker's: on our topics they say
     * when a record was written, so that retention and the watermark cannot be moved by a producer's clock.
     */
    public Map<String, String> config() {
        var config = new TreeMap<String, String>();
        config.put("cleanup.policy", cleanup.configValue());
        config.put("retention.ms", retention.map(Duration::toMillis).orElse(-1L).toString());
        config.put("message.timestamp.type", "LogAppendTime");
        if (encoding != Encoding.REGISTERED) {
            config.put("max.message.bytes", Integer.toString(LARGEST_MESSAGE));
        }
        return config;
    }

    @Override
    public String toString() {
        return name;
    }
}

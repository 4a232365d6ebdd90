package dev.afterglow.streams.deadletter;

import dev.afterglow.schemas.registry.PoisonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads records of a configuration topic; one that cannot be used becomes a dead letter and hurts nobody else. */
public final class ConfigurationReader<V> {

    private final String topic;
    private final Deserializer<V> values;
    private final Function<V, String> keyOf;
    private final Function<V, List<String>> problems;

    /**
     * @param keyOf the key under which a version has to be written
     * @param problems what is wrong with a version
     */
    public ConfigurationReader(
            String topic, Deserializer<V> values, Function<V, String> keyOf, Function<V, List<String>> problems) {
        this.topic = topic;
        this.values = values;
        this.keyOf = keyOf;
        this.problems = problems;
    }

    /** A version, or the dead letter it became. Exactly one of the two is null. */
    public record Read<V>(V value, Record<byte[], byte[]> deadLetter) {}

    /** Reads a record; a registry in trouble comes through as the exception it is. */
    public Read<V> read(Record<byte[], byte[]> record, RecordMetadata position) {
        if (record.value() == null) {
            return dead(record, position, DeadLetterReason.EMPTY, "the value is null");
        }
        try {
            V value = values.deserialize(topic, record.headers(), record.value());
            var found = problems.apply(value);
            if (!found.isEmpty()) {
                return dead(record, position, DeadLetterReason.INVALID, String.join("; ", found));
            }
            var key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (!key.equals(keyOf.apply(value))) {
                return dead(
                        record,
                        position,
                        DeadLetterReason.INVALID,
                        "the key is not that of the value: write it under " + keyOf.apply(value));
            }
            return new Read<>(value, null);
        } catch (PoisonException poison) {
            return dead(record, position, PoisonReasons.of(poison), poison.getMessage());
        }
    }

    private Read<V> dead(
            Record<byte[], byte[]> record, RecordMetadata position, DeadLetterReason reason, String detail) {
        return new Read<>(null, DeadLetters.of(record, position, reason, detail));
    }
}

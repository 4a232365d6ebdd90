package dev.afterglow.streams.deadletter;

import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads records of a configuration topic; one that cannot be used becomes a dead letter and hurts nobody else. */
public final class ConfigurationReader<V> {

    private final ConfigurationCheck<V> check;

    /**
     * @param keyOf the key under which a version has to be written
     * @param problems what is wrong with a version
     */
    public ConfigurationReader(
            String topic, Deserializer<V> values, Function<V, String> keyOf, Function<V, List<String>> problems) {
        this.check = new ConfigurationCheck<>(topic, values, keyOf, problems);
    }

    /** A version, or the dead letter it became. Exactly one of the two is null. */
    public record Read<V>(V value, Record<byte[], byte[]> deadLetter) {}

    /** Reads a record; a registry in trouble comes through as the exception it is. */
    public Read<V> read(Record<byte[], byte[]> record, RecordMetadata position) {
        var checked = check.check(record.headers(), record.key(), record.value());
        return checked.reason() == null
                ? new Read<>(checked.value(), null)
                : new Read<>(null, DeadLetters.of(record, position, checked.reason(), checked.detail()));
    }
}

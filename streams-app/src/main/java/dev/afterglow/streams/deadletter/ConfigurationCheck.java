package dev.afterglow.streams.deadletter;

import dev.afterglow.schemas.registry.PoisonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Whether a record of a configuration topic is in force. Every reader of such a topic has to ask the same question: what
 * one of them dead-letters must not be in force at another.
 */
public final class ConfigurationCheck<V> {

    private final String topic;
    private final Deserializer<V> values;
    private final Function<V, String> keyOf;
    private final Function<V, List<String>> problems;

    /**
     * @param keyOf the key under which a version has to be written
     * @param problems what is wrong with a version
     */
    public ConfigurationCheck(
            String topic, Deserializer<V> values, Function<V, String> keyOf, Function<V, List<String>> problems) {
        this.topic = topic;
        this.values = values;
        this.keyOf = keyOf;
        this.problems = problems;
    }

    /**
     * A version, or why there is none.
     *
     * @param value null when the record cannot be used
     * @param reason null when it can
     * @param detail what is wrong and the remedy; null when nothing is
     */
    public record Checked<V>(V value, DeadLetterReason reason, String detail) {}

    /** Checks a record; a registry in trouble comes through as the exception it is. */
    public Checked<V> check(Headers headers, byte[] key, byte[] bytes) {
        if (bytes == null) {
            return unusable(DeadLetterReason.EMPTY, "the value is null");
        }
        try {
            V value = values.deserialize(topic, headers, bytes);
            var found = problems.apply(value);
            if (!found.isEmpty()) {
                return unusable(DeadLetterReason.INVALID, String.join("; ", found));
            }
            var written = key == null ? "" : new String(key, StandardCharsets.UTF_8);
            return written.equals(keyOf.apply(value))
                    ? new Checked<>(value, null, null)
                    : unusable(
                            DeadLetterReason.INVALID,
                            "the key is not that of the value: write it under " + keyOf.apply(value));
        } catch (PoisonException poison) {
            return unusable(PoisonReasons.of(poison), poison.getMessage());
        }
    }

    private static <V> Checked<V> unusable(DeadLetterReason reason, String detail) {
        return new Checked<>(null, reason, detail);
    }
}

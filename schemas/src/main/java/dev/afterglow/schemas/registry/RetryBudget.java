package dev.afterglow.schemas.registry;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Reads the retry budget and holds it against the time that Kafka gives a consumer between two polls. */
final class RetryBudget {
    static final String KEY = "afterglow.registry.retry.budget.ms";
    private static final String MAX_POLL = "max.poll.interval.ms";
    private static final long KAFKA_DEFAULT_MS = 300_000;
    private static final long DEFAULT_MS = 240_000;

    private RetryBudget() {}

    static Duration from(Map<String, ?> configs) {
        long budget = millis(configs, KEY, DEFAULT_MS);
        long maxPoll = Stream.of(MAX_POLL, "consumer." + MAX_POLL, "main.consumer." + MAX_POLL)
                .filter(configs::containsKey)
                .mapToLong(key -> millis(configs, key, KAFKA_DEFAULT_MS))
                .min()
                .orElse(KAFKA_DEFAULT_MS);
        if (budget < 0 || budget >= maxPoll) {
            throw new ConfigException(
                    KEY,
                    budget,
                    "it must be at least 0 and below " + MAX_POLL + " (" + maxPoll
                            + "), or a consumer is thrown out of its group while it waits for the registry");
        }
        return Duration.ofMillis(budget);
    }

    private static long millis(Map<String, ?> configs, String key, long otherwise) {
        Object value = configs.get(key);
        return value == null ? otherwise : (Long) ConfigDef.parseType(key, value, ConfigDef.Type.LONG);
    }
}

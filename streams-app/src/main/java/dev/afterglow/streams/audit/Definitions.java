package dev.afterglow.streams.audit;

import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** When each experiment got its first definition. */
final class Definitions {

    private final Decoding decoding;
    private final Map<ExperimentKey, Instant> first = new HashMap<>();

    Definitions(Decoding decoding) {
        this.decoding = decoding;
    }

    /** Takes a record of the topic of definitions, in its order; what is none of its key defines nothing. */
    void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            var definition = decoding.definition(record);
            var experiment =
                    new ExperimentKey(definition.getProject(), definition.getEnvironment(), definition.getExperiment());
            if (experiment.toString().equals(Decoding.key(record))) {
                first.putIfAbsent(experiment, Instant.ofEpochMilli(record.timestamp()));
            }
        } catch (PoisonException | IllegalArgumentException e) {
            return;
        }
    }

    /** Whether an experiment had a definition at a time. */
    boolean isKnown(ExperimentKey experiment, Instant at) {
        var arrived = first.get(experiment);
        return arrived != null && !arrived.isAfter(at);
    }
}

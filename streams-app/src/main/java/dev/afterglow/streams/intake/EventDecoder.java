package dev.afterglow.streams.intake;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.deadletter.PoisonReasons;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;

/** Decodes events; tells bad bytes from a registry in trouble, which it lets through as the exception it is. */
final class EventDecoder {

    private final Deserializer<EvaluationEvent> deserializer;
    private final String topic;

    EventDecoder(Deserializer<EvaluationEvent> deserializer, String topic) {
        this.deserializer = deserializer;
        this.topic = topic;
    }

    /** An event, or why there is none. Exactly one of the two is null. */
    record Decoded(EvaluationEvent event, Outcome.Rejected rejected) {}

    Decoded decode(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return new Decoded(null, new Outcome.Rejected(DeadLetterReason.EMPTY, "the value is null"));
        }
        try {
            return new Decoded(deserializer.deserialize(topic, record.headers(), record.value()), null);
        } catch (PoisonException poison) {
            return new Decoded(null, new Outcome.Rejected(PoisonReasons.of(poison), poison.getMessage()));
        }
    }
}

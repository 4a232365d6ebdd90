package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.cleanup.Verdict.Refused;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The dead letter for an action whose alert was not open at its time. That shows only then, when the record is long gone:
 * what is kept is the action as JSON, under its subject.
 */
final class RefusedAction {

    private record Position(String topic, int partition, long offset) implements RecordMetadata {}

    private RefusedAction() {}

    /**
     * @param topic of actions
     * @param partition of the task
     */
    static Record<byte[], byte[]> letter(Refused refused, String topic, int partition) {
        var action = refused.action();
        var record = new Record<>(
                bytes(action.getSubject()),
                bytes(action.toString()),
                action.getAt().toEpochMilli());
        return DeadLetters.of(
                record,
                new Position(topic, partition, refused.offset()),
                DeadLetterReason.NO_OPEN_ALERT,
                refused.why());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

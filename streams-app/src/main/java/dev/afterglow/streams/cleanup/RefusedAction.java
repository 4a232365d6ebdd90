package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.cleanup.Verdict.Refused;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The dead letter for an action that cannot be taken. That shows only at its time, when the record is long gone: what is
 * kept is the action as JSON, under its subject, without the texts that go with it.
 */
final class RefusedAction {

    private record Position(String topic, int partition, long offset) implements RecordMetadata {}

    private RefusedAction() {}

    /**
     * @param topic of actions
     * @param partition of the task
     */
    static Record<byte[], byte[]> letter(Refused refused, String topic, int partition) {
        var what = refused.what();
        var action = what.getAction();
        var record = new Record<>(
                bytes(action.getSubject()),
                bytes(action.toString()),
                what.getArrivedAt().toEpochMilli());
        return DeadLetters.of(
                record,
                new Position(topic, partition, what.getOffset()),
                DeadLetterReason.REFUSED_ACTION,
                refused.why());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

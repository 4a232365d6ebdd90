package dev.afterglow.streams.impressions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.streams.deadletter.DeadLetterReason;
import dev.afterglow.streams.deadletter.DeadLetters;
import dev.afterglow.streams.flow.DeltaMessages;
import dev.afterglow.streams.flow.Quarters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The dead letters for deltas of sealed hours. The events behind them are gone by then: what there is to keep is the
 * delta, as JSON under the identity of the experiment.
 */
final class SealedLetters {

    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param element which of the counts in the message, from 0
     */
    Record<byte[], byte[]> of(
            ExperimentDeltas deltas, QuarterCount delta, int element, RecordMetadata position, long timestamp) {
        var experiment = DeltaMessages.experimentOf(deltas);
        var hour = Quarters.hourOf(delta.getQuarter());
        var value = json.createObjectNode()
                .put("project", deltas.getProject())
                .put("environment", deltas.getEnvironment())
                .put("experiment", deltas.getExperiment())
                .put("variant", delta.getVariant())
                .put("hour", hour.toString())
                .put("quarter", delta.getQuarter().toString())
                .put("policy", deltas.getPolicy().name())
                .put("count", delta.getCount());
        var bytes = new Record<>(experiment.toString().getBytes(StandardCharsets.UTF_8), bytes(value), timestamp);
        return DeadLetters.of(
                bytes,
                position,
                element,
                DeadLetterReason.SEALED,
                "the hour " + hour + " is sealed: its count was published for the last time and has left the state");
    }

    private byte[] bytes(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }
}

package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.cleanup.ActionCheck;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.PendingAction;
import dev.afterglow.streams.deadletter.ConfigurationReader;
import dev.afterglow.streams.flow.WatermarkTracker;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Takes what people did about alerts; what says too little, or is not under the key of its subject, is a dead letter. */
final class ActionProcessor implements Processor<byte[], byte[], Object, Object> {

    private final Function<ProcessorContext<Object, Object>, Casework> cases;
    private final ConfigurationReader<AlertAction> reader;

    private ProcessorContext<Object, Object> context;
    private Casework casework;
    private WatermarkTracker watermark;

    ActionProcessor(
            Function<ProcessorContext<Object, Object>, Casework> cases,
            String topic,
            Deserializer<AlertAction> values) {
        this.cases = cases;
        this.reader = new ConfigurationReader<>(topic, values, AlertAction::getSubject, ActionCheck::problems);
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        casework = cases.apply(context);
        watermark = CleanupTopology.watermark(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var position = context.recordMetadata().orElseThrow();
        var read = reader.read(record, position);
        if (read.value() != null) {
            var subject = ExperimentKey.parse(read.value().getSubject());
            var arrivedAt = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
            casework.act(subject, new PendingAction(read.value(), position.offset(), arrivedAt), watermark.current());
        } else {
            context.forward(read.deadLetter(), CleanupTopology.DEAD_LETTERS);
        }
    }
}

package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.cleanup.Definitions;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.deadletter.ConfigurationReader;
import dev.afterglow.streams.flow.WatermarkTracker;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Takes versions of definitions; what is no definition, or not that of its key, is a dead letter. */
final class DefinitionProcessor implements Processor<byte[], byte[], Object, Object> {

    private final Function<ProcessorContext<Object, Object>, Casework> cases;
    private final ConfigurationReader<ExperimentDefinition> reader;

    private ProcessorContext<Object, Object> context;
    private Casework casework;
    private WatermarkTracker watermark;

    DefinitionProcessor(
            Function<ProcessorContext<Object, Object>, Casework> cases,
            String topic,
            Deserializer<ExperimentDefinition> values) {
        this.cases = cases;
        this.reader = new ConfigurationReader<>(
                topic, values, definition -> keyOf(definition).toString(), Definitions::problems);
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        casework = cases.apply(context);
        watermark = CleanupTopology.watermark(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var read = reader.read(record, context.recordMetadata().orElseThrow());
        if (read.value() != null) {
            casework.define(keyOf(read.value()), read.value(), watermark.current());
        } else {
            context.forward(read.deadLetter(), CleanupTopology.DEAD_LETTERS);
        }
    }

    private static ExperimentKey keyOf(ExperimentDefinition definition) {
        return new ExperimentKey(definition.getProject(), definition.getEnvironment(), definition.getExperiment());
    }
}

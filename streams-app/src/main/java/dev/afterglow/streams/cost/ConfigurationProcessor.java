package dev.afterglow.streams.cost;

import dev.afterglow.streams.deadletter.ConfigurationReader;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Dead-letters what cannot be used on a configuration topic. Every instance reads such a topic whole and passes over
 * bad records; this one task, with its committed offsets, is where they are kept, once.
 */
final class ConfigurationProcessor<V> implements Processor<byte[], byte[], byte[], byte[]> {

    private final ConfigurationReader<V> reader;
    private final String sink;
    private ProcessorContext<byte[], byte[]> context;

    ConfigurationProcessor(ConfigurationReader<V> reader, String sink) {
        this.reader = reader;
        this.sink = sink;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var read = reader.read(record, context.recordMetadata().orElseThrow());
        if (read.deadLetter() != null) {
            context.forward(read.deadLetter(), sink);
        }
    }
}

package dev.afterglow.streams.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Keeps what it reads in a logged store, and passes it on. */
final class KeepingProcessor implements Processor<String, String, String, String> {

    private static final String KEPT = "kept";

    /**
     * What a test watches and causes.
     *
     * @param processed records, those that are processed again among them
     * @param onRecord told the number of each, from 1 on, in the midst of the work
     */
    record Probe(AtomicInteger processed, IntConsumer onRecord) {
        Probe() {
            this(number -> {});
        }

        Probe(IntConsumer onRecord) {
            this(new AtomicInteger(), onRecord);
        }
    }

    private final Probe probe;
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, String> kept;

    private KeepingProcessor(Probe probe) {
        this.probe = probe;
    }

    static Topology topology(String in, String out, Probe probe) {
        var strings = Serdes.String();
        var kept = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(KEPT), strings, strings)
                .withCachingDisabled();
        return new Topology()
                .addSource(AutoOffsetReset.earliest(), "source", strings.deserializer(), strings.deserializer(), in)
                .addProcessor("keep", () -> new KeepingProcessor(probe), "source")
                .addStateStore(kept, "keep")
                .addSink("sink", out, strings.serializer(), strings.serializer(), "keep");
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
        this.context = context;
        kept = context.getStateStore(KEPT);
    }

    @Override
    public void process(Record<String, String> record) {
        kept.put(record.key(), record.value());
        context.forward(record);
        probe.onRecord.accept(probe.processed.incrementAndGet());
    }
}

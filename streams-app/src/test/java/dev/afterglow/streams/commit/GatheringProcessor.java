package dev.afterglow.streams.commit;

import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Counts on the heap; only in the hook does it write to a logged store and forward. */
final class GatheringProcessor implements Processor<String, String, String, Long> {

    static final String IN = "in";
    static final String OUT = "out";
    static final String TOTALS = "totals";

    private static final String HOOK = "hook";

    /** What a test watches and causes. */
    record Probe(AtomicInteger processed, AtomicInteger failuresInHook) {
        Probe() {
            this(new AtomicInteger(), new AtomicInteger());
        }
    }

    private final Probe probe;
    private final TreeMap<String, Long> gathered = new TreeMap<>();
    private ProcessorContext<String, Long> context;
    private KeyValueStore<String, Long> totals;

    private GatheringProcessor(Probe probe) {
        this.probe = probe;
    }

    static Topology topology(String prefix, Probe probe) {
        var strings = Serdes.String();
        var totals = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(TOTALS), strings, Serdes.Long())
                .withCachingDisabled();
        return new Topology()
                .addSource("source", strings.deserializer(), strings.deserializer(), prefix + IN)
                .addProcessor("gather", () -> new GatheringProcessor(probe), "source")
                .addStateStore(totals, "gather")
                .addStateStore(new CommitHookBuilder(HOOK), "gather")
                .addSink(
                        "sink",
                        prefix + OUT,
                        strings.serializer(),
                        Serdes.Long().serializer(),
                        "gather");
    }

    @Override
    public void init(ProcessorContext<String, Long> context) {
        this.context = context;
        gathered.clear();
        totals = context.getStateStore(TOTALS);
        CommitHook hook = context.getStateStore(HOOK);
        hook.register(this::handOn);
    }

    @Override
    public void process(Record<String, String> record) {
        gathered.merge(record.key(), 1L, Long::sum);
        probe.processed.incrementAndGet();
    }

    private void handOn() {
        gathered.forEach((key, count) -> {
            Long before = totals.get(key);
            totals.put(key, before == null ? count : before + count);
            context.forward(new Record<>(key, count, context.currentSystemTimeMs()));
        });
        gathered.clear();
        if (probe.failuresInHook.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("told to fail after writing");
        }
    }
}

package dev.afterglow.streams.dedupe;

import dev.afterglow.streams.commit.CommitHook;
import dev.afterglow.streams.commit.CommitHookBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** A small topology that drops what it has seen, as the intake does. */
final class DedupeTopology implements Processor<String, String, String, String> {

    static final String IN = "in";
    static final String OUT = "out";
    static final String IDS = "ids";
    /** A value at which the task fails, once. */
    static final String POISON = "poison";

    private static final String HOOK = "hook";
    private static final long HOUR_MILLIS = 3_600_000;

    private final AtomicBoolean failed;
    private ProcessorContext<String, String> context;
    private IdStore store;
    private SeenIds ids;

    private DedupeTopology(AtomicBoolean failed) {
        this.failed = failed;
    }

    /** @param prefix of the names of its topics */
    static Topology of(String prefix, AtomicBoolean failed) {
        var strings = Serdes.String();
        return new Topology()
                .addSource("source", strings.deserializer(), strings.deserializer(), prefix + IN)
                .addProcessor("dedupe", () -> new DedupeTopology(failed), "source")
                .addStateStore(new IdStoreBuilder(IDS, new IdLimits(1_000)), "dedupe")
                .addStateStore(new CommitHookBuilder(HOOK), "dedupe")
                .addSink("sink", prefix + OUT, strings.serializer(), strings.serializer(), "dedupe");
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
        this.context = context;
        store = context.getStateStore(IDS);
        ids = store.ids();
        CommitHook hook = context.getStateStore(HOOK);
        hook.register(store::log);
    }

    @Override
    public void process(Record<String, String> record) {
        if (record.value().equals(POISON) && failed.compareAndSet(false, true)) {
            throw new IllegalStateException("told to fail");
        }
        long id = Arrays.hashCode(record.value().getBytes(StandardCharsets.UTF_8));
        if (ids.see(id, 0, record.timestamp() / HOUR_MILLIS, 24) == Sighting.NEW) {
            context.forward(record);
        }
    }
}

package dev.afterglow.streams.bench;

import dev.afterglow.contract.EvaluationEvent;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * De-duplication as the well-known example has it: each id in a window store in RocksDB, looked up around the time of the
 * event, half an hour before and after.
 */
final class WindowStoreDedupe implements Processor<String, EvaluationEvent, String, EvaluationEvent> {

    private static final String STORE = "ids";
    private static final Duration AROUND = Duration.ofMinutes(30);
    private static final Duration WINDOW = AROUND.multipliedBy(2);

    private ProcessorContext<String, EvaluationEvent> context;
    private WindowStore<String, Long> ids;

    static ProcessorSupplier<String, EvaluationEvent, String, EvaluationEvent> supplier() {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, EvaluationEvent, String, EvaluationEvent> get() {
                return new WindowStoreDedupe();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(STORE, WINDOW, WINDOW, false), Serdes.String(), Serdes.Long()));
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, EvaluationEvent> context) {
        this.context = context;
        ids = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, EvaluationEvent> record) {
        var id = record.value().getId();
        var at = record.timestamp();
        boolean seen;
        try (var found = ids.fetch(id, at - AROUND.toMillis(), at + AROUND.toMillis())) {
            seen = found.hasNext();
        }
        if (!seen) {
            ids.put(id, at, at);
            context.forward(record);
        }
    }
}

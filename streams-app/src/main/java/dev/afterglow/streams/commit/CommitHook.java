package dev.afterglow.streams.commit;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * A store that stores nothing: Kafka Streams takes it for a cache, and asks it to empty itself within each commit.
 *
 * <p>Stores that are written in the hook must not be cached themselves ({@code withCachingDisabled}): Kafka Streams may
 * have emptied their cache before, and what is put into it afterwards misses the transaction.
 */
public final class CommitHook implements StateStore, CachedStateStore<Object, Object> {

    private static final int NOWHERE = -1;

    private final String name;
    private InternalProcessorContext<?, ?> context;
    private ProcessorNode<?, ?, ?, ?> node;
    private BeforeCommit callback;

    CommitHook(String name) {
        this.name = name;
    }

    /**
     * Has {@code callback} called within each commit. To be called in {@code Processor.init}, each time: a later one
     * replaces an earlier one.
     *
     * @param callback may put into stores and forward like {@code Processor.process}
     */
    public void register(BeforeCommit callback) {
        this.callback = callback;
        node = context.currentNode();
    }

    @Override
    public void flushCache() {
        if (callback == null) {
            return;
        }
        // Between records there is no current node, and after a start with nothing but transaction markers to skip, no
        // current record either: forwarding needs the one, a logged store the other.
        ProcessorNode<?, ?, ?, ?> nodeBefore = context.currentNode();
        ProcessorRecordContext recordBefore = context.recordContext();
        context.setCurrentNode(node);
        if (recordBefore == null) {
            context.setRecordContext(new ProcessorRecordContext(
                    context.currentSystemTimeMs(), NOWHERE, NOWHERE, null, new RecordHeaders()));
        }
        try {
            callback.beforeCommit();
        } finally {
            context.setCurrentNode(nodeBefore);
            context.setRecordContext(recordBefore);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        this.context = (InternalProcessorContext<?, ?>) context;
        context.register(root, (key, value) -> {});
    }

    @Override
    public void close() {
        callback = null;
        node = null;
        context = null;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return context != null;
    }

    @Override
    public void clearCache() {
        // Called when a task changes between active and standby, with nothing gathered: a commit came before.
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }
}

package dev.afterglow.streams.dedupe;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The event ids of one task as a state store: what {@link #log} writes stands in a changelog, from which it is restored.
 * It is not persistent: the files that it spills to end with the process.
 */
public final class IdStore implements StateStore {

    private final BatchStore batches;
    private final KeyValueStore<Bytes, byte[]> logged;
    private volatile IdFigures figures = IdFigures.NONE;
    private IdMeters meters;

    IdStore(BatchStore batches, KeyValueStore<Bytes, byte[]> logged) {
        this.batches = batches;
        this.logged = logged;
    }

    /**
     * @return the memory of ids; the same until the store is closed, another after each {@code init}: to be asked for in
     *     {@code Processor.init}
     */
    public SeenIds ids() {
        return batches.ids();
    }

    /**
     * Writes the ids that are new since the last call to the changelog, and deletes from it what has expired. To be called
     * within each commit, before its transaction ends.
     */
    public void log() {
        batches.ids()
                .drain(
                        (key, batch) -> logged.put(Bytes.wrap(key.toBytes()), batch),
                        key -> logged.delete(Bytes.wrap(key.toBytes())));
        figures = IdFigures.of(batches.ids());
        meters.record(figures);
    }

    /** @return what was kept at the last {@link #log}; may be called by any thread */
    public IdFigures figures() {
        return figures;
    }

    @Override
    public String name() {
        return batches.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        logged.init(context, root);
        meters = new IdMeters(context.metrics(), context.taskId().toString());
    }

    @Override
    public void close() {
        logged.close();
        if (meters != null) {
            meters.close();
            meters = null;
        }
        figures = IdFigures.NONE;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return batches.isOpen();
    }
}

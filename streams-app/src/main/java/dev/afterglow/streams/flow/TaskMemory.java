package dev.afterglow.streams.flow;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * A store that stores nothing: what the processors of one task remember in common of what is in their stores, so that they
 * need not read it again. It is forgotten when the task starts anew, so that it never holds what was undone; a task that
 * goes on after it was a standby keeps it, and has to forget it itself, for others have changed the stores meanwhile.
 *
 * @param <T> what is remembered
 */
public final class TaskMemory<T> implements StateStore {

    private final String name;
    private final Supplier<T> nothing;
    private T remembered;

    private TaskMemory(String name, Supplier<T> nothing) {
        this.name = name;
        this.nothing = nothing;
    }

    /**
     * Builds a memory.
     *
     * @param name of it among the stores of the topology
     * @param nothing what is remembered in the beginning
     */
    public static <T> StoreBuilder<TaskMemory<T>> builder(String name, Supplier<T> nothing) {
        return new Builder<>(name, nothing);
    }

    /** What is remembered since the task started. */
    public T get() {
        return remembered;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        remembered = nothing.get();
        context.register(root, (key, value) -> {});
    }

    @Override
    public void close() {
        remembered = null;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return remembered != null;
    }

    private record Builder<T>(String name, Supplier<T> nothing) implements StoreBuilder<TaskMemory<T>> {

        @Override
        public TaskMemory<T> build() {
            return new TaskMemory<>(name, nothing);
        }

        @Override
        public StoreBuilder<TaskMemory<T>> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<TaskMemory<T>> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<TaskMemory<T>> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("The memory " + name + " holds nothing that could be logged.");
        }

        @Override
        public StoreBuilder<TaskMemory<T>> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}

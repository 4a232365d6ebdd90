package dev.afterglow.streams.commit;

import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds a {@link CommitHook}; to be connected to the one processor that registers with it. */
public final class CommitHookBuilder implements StoreBuilder<CommitHook> {

    private final String name;

    /** @param name of the hook among the stores of the topology */
    public CommitHookBuilder(String name) {
        this.name = name;
    }

    @Override
    public CommitHook build() {
        return new CommitHook(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StoreBuilder<CommitHook> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<CommitHook> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<CommitHook> withLoggingEnabled(Map<String, String> config) {
        throw new UnsupportedOperationException("The commit hook " + name + " holds nothing that could be logged.");
    }

    @Override
    public StoreBuilder<CommitHook> withLoggingDisabled() {
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

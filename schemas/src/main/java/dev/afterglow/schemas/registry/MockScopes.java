package dev.afterglow.schemas.registry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The registries behind {@code mock://scope}.
 *
 * <p>The only static mutable state in the house: a name in a configuration has to lead serdes, which Kafka makes one by
 * one and which share nothing else, to the same registry. For tests; nothing in it outlives the process.
 */
public final class MockScopes {
    private static final ConcurrentMap<String, InMemorySchemaRegistry> SCOPES = new ConcurrentHashMap<>();

    private MockScopes() {}

    /** The registry of a scope, made at the first call. */
    public static SchemaRegistry scope(String name) {
        return SCOPES.computeIfAbsent(name, any -> new InMemorySchemaRegistry());
    }

    /** Forgets a scope: the next call for it gets an empty registry. */
    public static void drop(String name) {
        SCOPES.remove(name);
    }
}

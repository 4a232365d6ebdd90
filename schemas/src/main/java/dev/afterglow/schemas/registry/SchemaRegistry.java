package dev.afterglow.schemas.registry;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * The part of a schema registry that a serde needs. Safe for use by many threads.
 *
 * <p>Every method may throw {@link RegistryUnavailableException} (after its retry budget) and {@link
 * RegistryRefusedException}; only {@link #byId} throws {@link PoisonException}.
 */
public interface SchemaRegistry extends AutoCloseable {

    /**
     * The registry that a configuration names: {@code mock://scope} is one in memory, anything else is HTTP.
     *
     * @param configs settings under Confluent's keys; others are ignored
     * @throws org.apache.kafka.common.config.ConfigException naming the key that is missing or wrong
     */
    static SchemaRegistry from(Map<String, ?> configs) {
        RegistryConfig config = RegistryConfig.from(configs);
        return config.mockScope().map(MockScopes::scope).orElseGet(() -> new HttpSchemaRegistry(config));
    }

    /**
     * The schema that was written under an id; always the same instance for the same id.
     *
     * @throws PoisonException when the registry knows no such id, or its schema is not usable Avro
     */
    Schema byId(int id);

    /**
     * Registers a schema under a subject, or finds it there, and returns its id. Java's own properties ({@code
     * avro.java.string}) are taken off first, so that every language sees the same schema.
     */
    int register(String subject, Schema schema);

    /** The id of a schema that the subject already has, compared without Java's own properties. */
    int lookUp(String subject, Schema schema);

    /** The newest version of a subject; asked anew at each call. */
    RegisteredSchema latest(String subject);

    /**
     * Sets what a subject asks of further versions.
     *
     * @param level Confluent's name for it, for example {@code BACKWARD_TRANSITIVE}
     */
    void setCompatibility(String subject, String level);

    /** Ends the waiting of calls under way, which then throw {@link RegistryUnavailableException}. */
    @Override
    void close();
}

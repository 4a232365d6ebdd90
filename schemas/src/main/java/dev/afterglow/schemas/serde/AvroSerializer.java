package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import dev.afterglow.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes generated and generic records in Confluent's wire format. One instance may serve many threads; each has its own
 * buffers, which are used again.
 *
 * @param <T> a generated class, or {@code GenericRecord}
 */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {
    private record PlanKey(String topic, Class<?> type, Schema schema) {}

    private final ThreadLocal<DatumEncoder> encoders = ThreadLocal.withInitial(DatumEncoder::new);
    private final Map<PlanKey, WritePlan> plans = new ConcurrentHashMap<>();
    private final SchemaRegistry given;
    private SchemaRegistry own;
    private volatile Setup setup;

    /** For Kafka, which configures before use. */
    public AvroSerializer() {
        this.given = null;
    }

    /** Ready for use for values with the default settings, on a registry that the caller owns and closes. */
    public AvroSerializer(SchemaRegistry registry) {
        this.given = registry;
        this.setup = new Setup(registry, SerdeConfig.DEFAULTS, false);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        SerdeConfig config = SerdeConfig.from(configs, isKey);
        close();
        own = given == null ? SchemaRegistry.from(configs) : null;
        use(new Setup(given == null ? own : given, config, isKey));
    }

    void use(Setup newSetup) {
        setup = newSetup;
        plans.clear();
    }

    /**
     * @throws PoisonException when the record does not fit its schema
     * @throws dev.afterglow.schemas.registry.RegistryUnavailableException when no id could be had within the budget
     * @throws dev.afterglow.schemas.registry.RegistryRefusedException when the registry does not take the schema
     */
    @Override
    public byte[] serialize(String topic, T data) {
        if (data == null) {
            return null;
        }
        Setup current = Setup.require(setup, this);
        PlanKey key = new PlanKey(topic, data.getClass(), data.getSchema());
        WritePlan plan = plans.get(key);
        if (plan == null) {
            // Not computeIfAbsent: asking the registry may take minutes, in which others must not wait on the map.
            plan = WritePlan.of(current, topic, data);
            plans.putIfAbsent(key, plan);
        }
        try {
            return encoders.get().encode(plan, data);
        } catch (IOException | RuntimeException e) {
            encoders.remove();
            throw new PoisonException(
                    Reason.NOT_ENCODABLE,
                    "A record for topic " + topic + " does not fit its schema "
                            + data.getSchema().getFullName() + ": check its required fields and their types",
                    e);
        }
    }

    /** Closes the registry that {@link #configure} made, if it made one. */
    @Override
    public void close() {
        encoders.remove();
        if (own != null) {
            own.close();
            own = null;
        }
    }
}

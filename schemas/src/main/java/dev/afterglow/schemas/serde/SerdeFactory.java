package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.Retries;
import dev.afterglow.schemas.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;

/**
 * Makes the value serdes of Avro topics: ours, or the one whose class name the configuration gives, such as {@code
 * io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde} or {@code io.apicurio.registry.serde.avro.AvroSerde}. Either
 * way the same settings are passed on, and the same kinds of error come out: {@code PoisonException}, {@code
 * RegistryUnavailableException} after the retry budget, {@code RegistryRefusedException}.
 */
public final class SerdeFactory {
    /** The class of the value serde; {@link AvroSerde} by default. */
    public static final String VALUE_SERDE = "afterglow.value.serde";

    private static final String OURS = AvroSerde.class.getName();

    /** Makes Confluent's and Apicurio's serdes do as ours does, unless the user says otherwise. */
    private static final Map<String, Object> LIKE_OURS = Map.of(
            SerdeConfig.SPECIFIC_READER,
            true,
            "avro.remove.java.properties",
            true,
            "apicurio.registry.use-specific-avro-reader",
            true,
            "apicurio.registry.headers.enabled",
            false,
            "apicurio.registry.as-confluent",
            true,
            "apicurio.registry.use-id",
            "contentId");

    private final Map<String, ?> configs;
    private final SchemaRegistry registry;

    /**
     * @param configs settings of serde and registry under their own names; passed on as they are
     * @param registry for our own serde; the caller owns and closes it. Another maker's serde has its own client.
     */
    public SerdeFactory(Map<String, ?> configs, SchemaRegistry registry) {
        this.configs = Map.copyOf(withoutNulls(configs));
        this.registry = registry;
    }

    /**
     * A configured serde for values of one generated class.
     *
     * @throws ConfigException when the class named by {@value #VALUE_SERDE} is missing or no serde, or a setting is wrong
     */
    public <T extends SpecificRecord> Serde<T> valueSerde(Class<T> type) {
        String name = className();
        if (name.equals(OURS)) {
            AvroSerde<T> serde = AvroSerde.of(type, registry);
            serde.configure(configs, false);
            return serde;
        }
        GeneratedClasses.trust();
        Serde<Object> foreign = newInstance(name);
        foreign.configure(settingsFor(type), false);
        return new GuardedSerde<>(foreign, type, Retries.from(configs));
    }

    private String className() {
        Object value = configs.get(VALUE_SERDE);
        return value instanceof Class<?> type ? type.getName() : value == null ? OURS : value.toString();
    }

    private Map<String, Object> settingsFor(Class<?> type) {
        Map<String, Object> settings = new HashMap<>(LIKE_OURS);
        settings.put("specific.avro.value.type", type.getName());
        settings.putAll(configs);
        return settings;
    }

    @SuppressWarnings("unchecked")
    private static Serde<Object> newInstance(String name) {
        try {
            return Utils.newInstance(name, Serde.class);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(
                    VALUE_SERDE,
                    name,
                    "no such class: put its library on the class path (for Confluent's, build with -Pconfluent)");
        } catch (KafkaException | ClassCastException e) {
            throw new ConfigException(VALUE_SERDE, name, "no Kafka Serde with a public no-argument constructor");
        }
    }

    private static Map<String, Object> withoutNulls(Map<String, ?> configs) {
        Map<String, Object> present = new HashMap<>(configs);
        present.values().removeIf(value -> value == null);
        return present;
    }
}

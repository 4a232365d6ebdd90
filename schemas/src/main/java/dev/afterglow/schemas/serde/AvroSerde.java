package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro records in Confluent's wire format, with a schema registry. One instance may serve many threads.
 *
 * <p>Configuration, under Confluent's keys with Confluent's defaults: {@code schema.registry.url}, {@code
 * auto.register.schemas}, {@code use.latest.version}, {@code latest.compatibility.strict}, {@code normalize.schemas},
 * {@code specific.avro.reader}, {@code basic.auth.*}, {@code bearer.auth.*}, {@code schema.registry.ssl.*}.
 *
 * @param <T> a generated class, or {@code GenericRecord}
 */
public final class AvroSerde<T extends IndexedRecord> implements Serde<T> {
    private final AvroSerializer<T> serializer;
    private final AvroDeserializer<T> deserializer;
    private final SchemaRegistry given;
    private SchemaRegistry own;

    /** For Kafka, which makes serdes by class name: reads {@code GenericRecord} unless {@code specific.avro.reader}. */
    public AvroSerde() {
        this(new AvroSerializer<>(), new AvroDeserializer<>(), null);
    }

    private AvroSerde(AvroSerializer<T> serializer, AvroDeserializer<T> deserializer, SchemaRegistry given) {
        this.serializer = serializer;
        this.deserializer = deserializer;
        this.given = given;
    }

    /**
     * A serde of one generated class, which is the reader's schema whatever the writer called its own; to be configured
     * before use.
     */
    public static <T extends SpecificRecord> AvroSerde<T> of(Class<T> type) {
        return new AvroSerde<>(new AvroSerializer<>(), AvroDeserializer.of(type), null);
    }

    /**
     * A serde of one generated class on a registry that the caller owns and closes. Ready for use as a value serde with
     * the default settings; may be configured otherwise.
     */
    public static <T extends SpecificRecord> AvroSerde<T> of(Class<T> type, SchemaRegistry registry) {
        return new AvroSerde<>(new AvroSerializer<>(registry), AvroDeserializer.of(type, registry), registry);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        SerdeConfig config = SerdeConfig.from(configs, isKey);
        close();
        own = given == null ? SchemaRegistry.from(configs) : null;
        Setup setup = new Setup(given == null ? own : given, config, isKey);
        serializer.use(setup);
        deserializer.use(setup);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }

    /** Closes the registry that {@link #configure} made, if it made one. */
    @Override
    public void close() {
        if (own != null) {
            own.close();
            own = null;
        }
    }
}

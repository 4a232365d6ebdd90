package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads Confluent's wire format; the writer's schema is resolved against the reader's. One instance may serve many
 * threads; each has its own decoder and readers, which are used again.
 *
 * @param <T> a generated class, or {@code GenericRecord}
 */
public final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {
    private final ReaderChoice<T> choice;
    private final SchemaRegistry given;
    private SchemaRegistry own;
    private volatile Setup setup;
    private volatile ThreadLocal<DatumDecoder<T>> decoders;

    /** For Kafka: reads {@code GenericRecord}, or with {@code specific.avro.reader} the writer's generated class. */
    public AvroDeserializer() {
        this(null, null);
    }

    private AvroDeserializer(ReaderChoice<T> choice, SchemaRegistry registry) {
        this.choice = choice;
        this.given = registry;
        if (registry != null) {
            use(new Setup(registry, SerdeConfig.DEFAULTS, false));
        }
    }

    /** Reads one generated class, whatever the writer called its own; to be configured before use. */
    public static <T extends SpecificRecord> AvroDeserializer<T> of(Class<T> type) {
        return new AvroDeserializer<>(ReaderChoice.of(type), null);
    }

    /** Reads one generated class, on a registry that the caller owns and closes. */
    public static <T extends SpecificRecord> AvroDeserializer<T> of(Class<T> type, SchemaRegistry registry) {
        return new AvroDeserializer<>(ReaderChoice.of(type), registry);
    }

    /**
     * Reads generic records of a schema of the caller's, such as one of fewer fields than were written, on a registry
     * that the caller owns and closes.
     */
    public static AvroDeserializer<GenericRecord> of(Schema reader, SchemaRegistry registry) {
        return new AvroDeserializer<>(ReaderChoice.of(reader), registry);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        SerdeConfig config = SerdeConfig.from(configs, isKey);
        close();
        own = given == null ? SchemaRegistry.from(configs) : null;
        use(new Setup(given == null ? own : given, config, isKey));
    }

    void use(Setup newSetup) {
        ReaderChoice<T> chosen =
                choice == null ? ReaderChoice.byWriter(newSetup.config().specificReader()) : choice;
        decoders = ThreadLocal.withInitial(() -> new DatumDecoder<>(newSetup.registry(), chosen));
        setup = newSetup;
    }

    /**
     * @throws PoisonException when the bytes are bad
     * @throws dev.afterglow.schemas.registry.RegistryUnavailableException when the schema could not be had in time
     * @throws dev.afterglow.schemas.registry.RegistryRefusedException when the registry does not let us read
     */
    @Override
    public T deserialize(String topic, byte[] data) {
        if (data == null) {
            return null;
        }
        Setup.require(setup, this);
        return decoders.get().decode(data);
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

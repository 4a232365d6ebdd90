package dev.afterglow.streams.reading;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.schemas.registry.SchemaRegistry;
import dev.afterglow.schemas.serde.AvroDeserializer;
import dev.afterglow.schemas.serde.WireFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads evaluation events in Confluent's wire format, whatever version they were written with: quickly where they are
 * plain, with Avro's decoder where not. One per task.
 */
public final class EventReaders {
    private final SchemaRegistry registry;
    private final Deserializer<EvaluationEvent> avro;
    private final Map<Integer, Optional<EventReader>> readers = new HashMap<>();
    private Optional<EventReader> last = Optional.empty();
    private int lastId = -1;

    /** @param registry where the writers' schemas are looked up; the caller owns and closes it */
    public EventReaders(SchemaRegistry registry) {
        this.registry = registry;
        avro = AvroDeserializer.of(EvaluationEvent.class, registry);
    }

    /**
     * Reads a record's value.
     *
     * @param value never null; not to be changed while the view is in use
     * @throws dev.afterglow.schemas.registry.PoisonException when the bytes are bad
     * @throws dev.afterglow.schemas.registry.RegistryUnavailableException when the schema could not be had in time
     * @throws dev.afterglow.schemas.registry.RegistryRefusedException when the registry does not let us read
     */
    public void read(byte[] value, EventView into) {
        int id = WireFormat.schemaId(value);
        if (id != lastId) {
            last = readerOf(id);
            lastId = id;
        }
        int header = WireFormat.HEADER_BYTES;
        if (last.isEmpty() || !last.get().read(value, header, value.length - header, into)) {
            into.copy(avro.deserialize(null, value));
        }
    }

    private Optional<EventReader> readerOf(int id) {
        Optional<EventReader> known = readers.get(id);
        if (known == null) {
            // Where the registry throws nothing is kept: it is asked again with the next record.
            known = EventReader.compile(registry.byId(id));
            readers.put(id, known);
        }
        return known;
    }
}

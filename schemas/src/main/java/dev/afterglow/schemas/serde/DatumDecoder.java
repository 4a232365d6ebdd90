package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import dev.afterglow.schemas.registry.SchemaRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;

/** The decoder and the readers of one thread, one reader per schema id. */
final class DatumDecoder<T> {
    private static final byte[] NOTHING = {};

    private final SchemaRegistry registry;
    private final ReaderChoice<T> choice;
    private final Map<Integer, DatumReader<T>> readers = new HashMap<>();
    private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(NOTHING, null);

    DatumDecoder(SchemaRegistry registry, ReaderChoice<T> choice) {
        this.registry = registry;
        this.choice = choice;
    }

    T decode(byte[] data) {
        int id = WireFormat.schemaId(data);
        DatumReader<T> reader = readers.get(id);
        if (reader == null) {
            reader = readerFor(id, registry.byId(id));
            readers.put(id, reader);
        }
        T value = read(id, reader, data);
        if (!(value instanceof IndexedRecord)) {
            throw new PoisonException(Reason.INCOMPATIBLE_SCHEMA, "Schema id " + id + " is not that of a record");
        }
        return value;
    }

    private DatumReader<T> readerFor(int id, Schema writer) {
        try {
            return choice.readerFor(writer);
        } catch (PoisonException e) {
            throw new PoisonException(e.reason(), "Schema id " + id + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new PoisonException(
                    Reason.INCOMPATIBLE_SCHEMA, "No reader can be made for schema id " + id + ": " + e.getMessage(), e);
        }
    }

    private T read(int id, DatumReader<T> reader, byte[] data) {
        try {
            decoder = DecoderFactory.get()
                    .binaryDecoder(data, WireFormat.HEADER_BYTES, data.length - WireFormat.HEADER_BYTES, decoder);
            T value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new PoisonException(Reason.TRAILING_BYTES, "Bytes follow the value of schema id " + id);
            }
            return value;
        } catch (PoisonException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Rubbish makes Avro fail in whatever way it likes, in unbounded recursion among others; none of it is news
            // about anything but these bytes.
            throw poison(id, e);
        }
    }

    private static PoisonException poison(int id, Throwable e) {
        if (e instanceof EOFException) {
            return new PoisonException(Reason.TRUNCATED, "The value of schema id " + id + " ends too early", e);
        }
        Reason reason = e instanceof AvroTypeException ? Reason.INCOMPATIBLE_SCHEMA : Reason.MALFORMED;
        return new PoisonException(reason, "The bytes are no value of schema id " + id, e);
    }
}

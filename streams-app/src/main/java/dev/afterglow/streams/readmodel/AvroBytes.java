package dev.afterglow.streams.readmodel;

import dev.afterglow.schemas.serde.GeneratedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Plain Avro binary of one record type, under the schema this build was compiled with. The store carries no schema ids,
 * so that it opens without a registry; {@link Format} sees to it that no other build's bytes are read.
 */
final class AvroBytes<V extends SpecificRecord> {

    private final Class<V> type;

    AvroBytes(Class<V> type) {
        GeneratedClasses.trust();
        this.type = type;
    }

    byte[] encode(V value) {
        var bytes = new ByteArrayOutputStream(256);
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<>(type).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    V decode(byte[] bytes) {
        return decode(bytes, 0);
    }

    V decode(byte[] bytes, int from) {
        var decoder = DecoderFactory.get().binaryDecoder(bytes, from, bytes.length - from, null);
        try {
            return new SpecificDatumReader<>(type).read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored " + type.getSimpleName() + " is cut short", e);
        }
    }
}

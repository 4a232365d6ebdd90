package dev.afterglow.streams.readmodel;

import dev.afterglow.schemas.serde.GeneratedClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.message.RawMessageDecoder;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Plain Avro binary of one record type, under the schema this build was compiled with. The store carries no schema ids,
 * so that it opens without a registry; {@link Format} sees to it that no other build's bytes are read.
 */
final class AvroBytes<V extends SpecificRecord> {

    private final Class<V> type;
    private final RawMessageEncoder<V> encoder;
    private final RawMessageDecoder<V> decoder;

    AvroBytes(Class<V> type) {
        GeneratedClasses.trust();
        this.type = type;
        var data = SpecificData.getForClass(type);
        var schema = data.getSchema(type);
        encoder = new RawMessageEncoder<>(data, schema);
        decoder = new RawMessageDecoder<>(data, schema);
    }

    byte[] encode(V value) {
        try {
            var bytes = encoder.encode(value);
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    V decode(byte[] bytes) {
        return decode(bytes, 0);
    }

    V decode(byte[] bytes, int from) {
        try {
            return decoder.decode(
                    ByteBuffer.wrap(bytes, from, bytes.length - from).slice(), null);
        } catch (IOException | AvroRuntimeException e) {
            throw new StoreException("a stored " + type.getSimpleName() + " is cut short", e);
        }
    }
}

package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.history.SchemaHistory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro for state stores and internal topics, with no registry: Avro's single-object encoding, which puts the bytes C3 01
 * and the schema's 64-bit fingerprint before the value. Changelogs keep values for years, so the schema's older versions
 * are looked up at construction and resolved to the current one. One instance may serve many threads.
 *
 * @param <T> a generated class
 */
public final class StateSerde<T extends SpecificRecord> implements Serde<T> {
    private static final short MARKER = (short) 0xC301;
    private static final int HEADER_BYTES = Short.BYTES + Long.BYTES;

    private final Class<T> type;
    private final BinaryMessageEncoder<T> encoder;

    /** By fingerprint. Avro's own decoder of such messages reads them from a stream, byte by byte. */
    private final Map<Long, DatumReader<T>> readers = new HashMap<>();

    private StateSerde(Class<T> type) {
        GeneratedClasses.trust();
        this.type = type;
        SpecificData data = SpecificData.getForClass(type);
        Schema current = data.getSchema(type);
        this.encoder = new BinaryMessageEncoder<>(data, current);
        SchemaHistory.versionsOf(type).forEach(version -> addReader(data, version, current));
        addReader(data, current, current);
    }

    @SuppressWarnings("unchecked")
    private void addReader(SpecificData data, Schema written, Schema current) {
        readers.put(SchemaNormalization.parsingFingerprint64(written), (DatumReader<T>)
                data.createDatumReader(written, current));
    }

    /**
     * A serde that writes the current version of the schema, and reads every version kept in {@link SchemaHistory} as
     * well.
     */
    public static <T extends SpecificRecord> StateSerde<T> of(Class<T> type) {
        return new StateSerde<>(type);
    }

    @Override
    public Serializer<T> serializer() {
        return this::serialize;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this::deserialize;
    }

    private byte[] serialize(String topic, T value) {
        if (value == null) {
            return null;
        }
        try {
            ByteBuffer bytes = encoder.encode(value);
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (IOException | RuntimeException e) {
            throw new UnreadableStateException(
                    "A " + type.getName() + " for " + topic + " does not fit its schema: check its required fields", e);
        }
    }

    private T deserialize(String topic, byte[] data) {
        if (data == null) {
            return null;
        }
        if (data.length < HEADER_BYTES || ByteBuffer.wrap(data).getShort() != MARKER) {
            throw damaged(topic, null);
        }
        long fingerprint = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong(Short.BYTES);
        var reader = readers.get(fingerprint);
        if (reader == null) {
            throw new UnreadableStateException(
                    "A " + type.getName() + " in " + topic + " was written with a version of the schema that is not"
                            + " known here (" + Long.toHexString(fingerprint)
                            + "): run the release that wrote it, or a later one, which keeps its schemas",
                    null);
        }
        try {
            return reader.read(
                    null, DecoderFactory.get().binaryDecoder(data, HEADER_BYTES, data.length - HEADER_BYTES, null));
        } catch (IOException | RuntimeException e) {
            throw damaged(topic, e);
        }
    }

    private UnreadableStateException damaged(String topic, Exception cause) {
        return new UnreadableStateException(
                "A " + type.getName() + " in " + topic + " is damaged: rebuild the store from its source", cause);
    }
}

package dev.afterglow.schemas.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Bytes that a version of a schema has written, and what they mean. Once written a file is never written again.
 *
 * @param root the directory {@code golden}
 */
record Golden(Path root) {
    private static final GenericData DATA = new GenericData();

    static {
        DATA.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    /** How the bytes are framed. */
    enum Form {
        /** Avro binary and nothing more: a contract, as it is on a topic after the schema's id. */
        CONTRACT,
        /** Single-object encoding: the value of a store or of an internal topic. */
        STATE
    }

    /**
     * @param bytes what was written
     * @param value what it says, as JSON
     */
    record Sample(byte[] bytes, JsonNode value) {}

    Path file(Form form, String type, int version) {
        return root.resolve(form.name().toLowerCase(Locale.ROOT)).resolve(type).resolve("v" + version + ".json");
    }

    List<Sample> read(Form form, String type, int version) {
        return StreamSupport.stream(Json.read(file(form, type, version)).spliterator(), false)
                .map(node ->
                        new Sample(HexFormat.of().parseHex(node.get("bytes").textValue()), node.get("value")))
                .toList();
    }

    /** Writes samples of a version, one for each branch of its widest union, unless there are some already. */
    void keep(Form form, Schema schema, int version) {
        Path file = file(form, schema.getFullName(), version);
        if (Files.exists(file)) {
            return;
        }
        var samples = Json.array();
        IntStream.range(0, widestUnion(schema))
                .mapToObj(branch -> Filled.of(schema, branch))
                .forEach(record -> samples.addObject()
                        .put("bytes", HexFormat.of().formatHex(encode(form, record)))
                        .set("value", Json.read(record.toString())));
        Json.write(file, samples);
    }

    private static int widestUnion(Schema record) {
        return record.getFields().stream()
                .filter(field -> field.schema().isUnion() && !field.schema().isNullable())
                .mapToInt(field -> field.schema().getTypes().size())
                .max()
                .orElse(1);
    }

    private static byte[] encode(Form form, GenericRecord record) {
        try {
            if (form == Form.STATE) {
                ByteBuffer message = new BinaryMessageEncoder<GenericRecord>(DATA, record.getSchema()).encode(record);
                byte[] bytes = new byte[message.remaining()];
                message.get(bytes);
                return bytes;
            }
            var out = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(record.getSchema(), DATA).write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail", e);
        }
    }
}

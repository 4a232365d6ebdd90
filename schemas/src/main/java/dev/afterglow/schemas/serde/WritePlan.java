package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.RegisteredSchema;
import dev.afterglow.schemas.registry.RegistryRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** How records of one class and schema are written to one topic: with which id, and whether as another version. */
final class WritePlan {
    private final int id;
    private final DatumWriter<Object> writer;
    private final Schema from;
    private final Schema to;
    private final boolean straight;

    private WritePlan(int id, DatumWriter<Object> writer, Schema from, Schema to) {
        this.id = id;
        this.writer = writer;
        this.from = from;
        this.to = to;
        this.straight = sameOnTheWire(from, to);
    }

    static WritePlan of(Setup setup, String topic, IndexedRecord example) {
        Schema schema = example.getSchema();
        DatumWriter<Object> writer = writer(example, schema);
        String subject = setup.subject(topic);
        SerdeConfig config = setup.config();
        if (config.autoRegister()) {
            return new WritePlan(setup.registry().register(subject, schema), writer, schema, schema);
        }
        if (!config.useLatest()) {
            return new WritePlan(setup.registry().lookUp(subject, schema), writer, schema, schema);
        }
        RegisteredSchema latest = setup.registry().latest(subject);
        if (config.latestStrict()) {
            requireCompatible(latest, schema);
        }
        return new WritePlan(latest.id(), writer, schema, latest.schema());
    }

    int id() {
        return id;
    }

    void write(Object datum, BinaryEncoder encoder) throws IOException {
        if (straight) {
            writer.write(datum, encoder);
        } else {
            new GenericDatumWriter<>(to).write(converted(datum), encoder);
        }
    }

    /** Writers go by position, so a record of another version has to become one of the latest first. */
    private Object converted(Object datum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        writer.write(datum, encoder);
        encoder.flush();
        return new GenericDatumReader<>(from, to)
                .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
    }

    private static boolean sameOnTheWire(Schema one, Schema other) {
        return one == other || SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
    }

    private static void requireCompatible(RegisteredSchema latest, Schema ours) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), ours);
        if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new RegistryRefusedException("Version " + latest.version() + ", the latest of subject "
                    + latest.subject() + ", cannot read " + ours.getFullName() + " as it is here ("
                    + result.getResult().getIncompatibilities() + "): register a compatible version, or set "
                    + SerdeConfig.USE_LATEST + "=false");
        }
    }

    private static DatumWriter<Object> writer(IndexedRecord example, Schema schema) {
        return example instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema, SpecificData.getForClass(example.getClass()))
                : new GenericDatumWriter<>(schema, GenericData.get());
    }
}

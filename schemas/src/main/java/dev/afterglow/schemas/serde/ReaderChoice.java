package dev.afterglow.schemas.serde;

import dev.afterglow.schemas.registry.PoisonException;
import dev.afterglow.schemas.registry.PoisonException.Reason;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Which reader to make for a writer's schema. */
interface ReaderChoice<T> {

    /** @throws PoisonException when what was written cannot be read here at all */
    DatumReader<T> readerFor(Schema writer);

    static <T extends SpecificRecord> ReaderChoice<T> of(Class<T> type) {
        GeneratedClasses.trust();
        SpecificData data = SpecificData.getForClass(type);
        Schema reader = data.getSchema(type);
        return writer -> {
            requireSameName(writer, reader);
            return new SpecificDatumReader<>(writer, reader, data);
        };
    }

    static ReaderChoice<GenericRecord> of(Schema reader) {
        return writer -> {
            requireSameName(writer, reader);
            return new GenericDatumReader<>(writer, reader);
        };
    }

    static <T> ReaderChoice<T> byWriter(boolean specific) {
        if (!specific) {
            return writer -> new GenericDatumReader<>(writer, writer);
        }
        GeneratedClasses.trust();
        return ReaderChoice::namedByWriter;
    }

    private static <T> DatumReader<T> namedByWriter(Schema writer) {
        Class<?> type =
                writer.getType() == Schema.Type.RECORD ? SpecificData.get().getClass(writer) : null;
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new PoisonException(
                    Reason.INCOMPATIBLE_SCHEMA,
                    "No generated class is called " + writer.getFullName() + ", as the writer's schema is: put it on"
                            + " the class path, or set specific.avro.reader=false");
        }
        SpecificData data = SpecificData.getForClass(type);
        return new SpecificDatumReader<>(writer, data.getSchema(type), data);
    }

    /**
     * Avro's specification resolves records of one unqualified name only, and Avro's code leaves that out: a record of
     * another kind would be read as one full of defaults.
     */
    private static void requireSameName(Schema writer, Schema reader) {
        boolean records = writer.getType() == Schema.Type.RECORD && reader.getType() == Schema.Type.RECORD;
        Set<String> known = records
                ? Stream.concat(Stream.of(reader.getFullName()), reader.getAliases().stream())
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .collect(Collectors.toSet())
                : Set.of();
        if (!records || !known.contains(writer.getName())) {
            throw new PoisonException(
                    Reason.INCOMPATIBLE_SCHEMA,
                    "The value was written as " + writer.getFullName() + " and is read as " + reader.getFullName());
        }
    }
}

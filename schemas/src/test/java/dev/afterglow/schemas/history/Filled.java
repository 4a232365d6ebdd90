package dev.afterglow.schemas.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** A record in which every field has a value of its own that is neither null nor the default. */
final class Filled {
    private final int branch;
    private int count;

    private Filled(int branch) {
        this.branch = branch;
    }

    /**
     * @param branch which branch to take where a union has several besides null
     */
    static GenericRecord of(Schema schema, int branch) {
        return new Filled(branch).record(schema);
    }

    private GenericRecord record(Schema schema) {
        var record = new GenericData.Record(schema);
        for (Field field : schema.getFields()) {
            boolean trueByDefault = field.hasDefaultValue() && Boolean.TRUE.equals(field.defaultVal());
            record.put(field.pos(), trueByDefault ? Boolean.FALSE : value(field.schema(), field.name()));
        }
        return record;
    }

    private Object value(Schema schema, String name) {
        count++;
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case UNION -> value(branchOf(schema), name);
            case ARRAY -> List.of(value(schema.getElementType(), name), value(schema.getElementType(), name));
            case MAP -> Map.of(name, value(schema.getValueType(), name));
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols().get(schema.getEnumSymbols().size() - 1));
            case STRING -> name + " ü/" + count;
            case INT -> 1_000 + count;
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? Instant.ofEpochMilli(1_574_553_600_000L + 60_001L * count)
                        : (Object) (10_000_000_000L + count);
            case DOUBLE -> count + 0.25;
            case BOOLEAN -> true;
            default ->
                throw new IllegalArgumentException(
                        name + " is a " + schema.getType() + ", for which no sample value is known: add one here");
        };
    }

    private Schema branchOf(Schema union) {
        List<Schema> branches = union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return branches.get(branch % branches.size());
    }
}

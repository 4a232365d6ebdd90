package dev.afterglow.streams.reading;

import dev.afterglow.contract.EvaluationEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.apache.avro.generic.GenericData;

/** Schemas that a writer of another version might use, and values of them. */
final class WriterSchemas {
    private static final Schema READER = EvaluationEvent.getClassSchema();

    private final Random random;
    private int names;

    WriterSchemas(Random random) {
        this.random = random;
    }

    /** Fields in another order, some missing, some of another type, some that nobody knows. */
    Schema next() {
        List<Field> fields = new ArrayList<>();
        for (Field field : READER.getFields()) {
            boolean missing = field.hasDefaultValue() ? random.nextInt(4) == 0 : random.nextInt(300) == 0;
            if (!missing) {
                fields.add(new Field(field.name(), written(field.schema()), null, (Object) null));
            }
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.add(new Field("extra" + i, any(3), null, (Object) null));
        }
        if (random.nextInt(4) > 0) {
            Collections.shuffle(fields, random);
        }
        String name = random.nextInt(200) == 0 ? "Other" : "EvaluationEvent";
        return Schema.createRecord(name, null, "org.example", false, fields);
    }

    private Schema written(Schema known) {
        int way = random.nextInt(40);
        if (way < 34) {
            return known;
        }
        Schema core = known.getType() == Type.UNION ? known.getTypes().get(1) : known;
        Schema other = other(core);
        return switch (way) {
            case 34 -> core;
            case 35 -> other;
            case 36 -> Schema.createUnion(other, Schema.create(Type.NULL));
            case 37 -> Schema.createUnion(Schema.create(Type.NULL), plain(core));
            case 38 -> Schema.createUnion(plain(core), Schema.create(Type.FLOAT));
            default -> random.nextInt(20) == 0 ? any(1) : known;
        };
    }

    private Schema other(Schema core) {
        return switch (core.getType()) {
            case STRING -> Schema.create(Type.BYTES);
            case LONG -> Schema.create(Type.INT);
            default -> plain(core);
        };
    }

    private static Schema plain(Schema schema) {
        return Schema.create(schema.getType());
    }

    private Schema any(int depth) {
        int kind = random.nextInt(depth == 0 ? 8 : 14);
        return switch (kind) {
            case 0 -> Schema.create(Type.NULL);
            case 1 -> Schema.create(Type.BOOLEAN);
            case 2 -> Schema.create(Type.INT);
            case 3 -> Schema.create(Type.LONG);
            case 4 -> Schema.create(Type.FLOAT);
            case 5 -> Schema.create(Type.DOUBLE);
            case 6 -> Schema.create(Type.STRING);
            case 7 -> Schema.create(Type.BYTES);
            case 8 -> Schema.createFixed("F" + names++, null, "org.example", random.nextInt(5));
            case 9 -> Schema.createEnum("E" + names++, null, "org.example", List.of("A", "B", "C"));
            case 10 -> Schema.createArray(any(depth - 1));
            case 11 -> Schema.createMap(any(depth - 1));
            case 12 -> Schema.createUnion(Schema.create(Type.NULL), nested(depth - 1), Schema.create(Type.STRING));
            default -> nested(depth - 1);
        };
    }

    private Schema nested(int depth) {
        List<Field> fields = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.add(new Field("f" + i, any(depth), null, (Object) null));
        }
        return Schema.createRecord("R" + names++, null, "org.example", false, fields);
    }

    /** Any value of any schema. */
    Object value(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> (int) Events.number(random);
            case LONG -> Events.number(random);
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case STRING -> Events.text(random);
            case BYTES -> ByteBuffer.wrap(bytes());
            case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case RECORD -> {
                var record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
                yield record;
            }
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(schema.getElementType()));
                }
                yield items;
            }
            case MAP -> {
                Map<String, Object> items = new HashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.put(Events.text(random), value(schema.getValueType()));
                }
                yield items;
            }
        };
    }

    private byte[] bytes() {
        byte[] bytes = Events.text(random).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}

package dev.afterglow.streams.reading;

import org.apache.avro.Schema;

/** Makes the steps that pass over what the reader does not know. */
final class Skips {

    /** Deeper than any event is; a schema that contains itself has no end. */
    private static final int DEEPEST = 16;

    private int depth;

    Step of(Schema writer) {
        if (++depth > DEEPEST) {
            throw new UnplannedException("nested too deeply, or without end");
        }
        Step step = at(writer);
        depth--;
        return step;
    }

    private Step at(Schema writer) {
        return switch (writer.getType()) {
            case NULL -> fixed(0);
            case BOOLEAN -> fixed(1);
            case FLOAT -> fixed(Float.BYTES);
            case DOUBLE -> fixed(Double.BYTES);
            case FIXED -> fixed(writer.getFixedSize());
            case INT, ENUM -> (cursor, into) -> cursor.readInt();
            case LONG -> (cursor, into) -> cursor.readLong();
            case STRING, BYTES -> (cursor, into) -> cursor.skip(cursor.readLength());
            case RECORD ->
                Step.sequence(writer.getFields().stream()
                        .map(field -> of(field.schema()))
                        .toArray(Step[]::new));
            case UNION -> Step.union(writer.getTypes().stream().map(this::of).toArray(Step[]::new));
            case ARRAY -> items(element(writer.getElementType()));
            case MAP -> {
                Step key = (cursor, into) -> cursor.skip(cursor.readLength());
                yield items(Step.sequence(new Step[] {key, of(writer.getValueType())}));
            }
        };
    }

    private Step element(Schema element) {
        if (isEmpty(element, 0)) {
            // A few bytes may stand for any number of these; Avro has limits of its own for them.
            throw new UnplannedException("an array of values that take no bytes");
        }
        return of(element);
    }

    private static boolean isEmpty(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD ->
                depth < DEEPEST && schema.getFields().stream().allMatch(field -> isEmpty(field.schema(), depth + 1));
            default -> false;
        };
    }

    private static Step fixed(int size) {
        return (cursor, into) -> cursor.skip(size);
    }

    /** Blocks of items up to an empty one; a negative number of items is followed by their size in bytes. */
    private static Step items(Step item) {
        return (cursor, into) -> {
            for (long count = cursor.readLong(); count != 0; count = cursor.readLong()) {
                if (count < 0) {
                    cursor.skip(cursor.readLength());
                } else if (count > cursor.remaining()) {
                    throw DoubtException.INSTANCE;
                } else {
                    for (long i = 0; i < count; i++) {
                        item.run(cursor, into);
                    }
                }
            }
        };
    }
}

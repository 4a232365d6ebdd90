package dev.afterglow.streams.reading;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;

/** Makes the steps that read the fields which the reader knows, from whatever type they were written as. */
final class FieldSteps {
    private static final Map<String, TextField> TEXTS =
            Arrays.stream(TextField.values()).collect(Collectors.toMap(TextField::avroName, Function.identity()));

    private FieldSteps() {}

    /** Types that Avro does not resolve are poison only where a value of them was written, so that they are left to it. */
    static Step of(Schema writer, Schema.Field reader) {
        if (writer.getType() == Type.UNION) {
            if (reader.schema().getLogicalType() != null) {
                // Avro 1.12.2 converts the value of the branch, and then again, and so reads none.
                throw new UnplannedException("a union for " + reader.name());
            }
            int text = textBranch(writer.getTypes());
            if (text >= 0 && TEXTS.containsKey(reader.name()) && reader.schema().isNullable()) {
                return new OptionalTextStep(TEXTS.get(reader.name()), text);
            }
            return Step.union(
                    writer.getTypes().stream().map(branch -> of(branch, reader)).toArray(Step[]::new));
        }
        TextField text = TEXTS.get(reader.name());
        if (writer.getType() == Type.NULL) {
            // The view has been cleared: what is null there stays so.
            return reader.schema().isNullable() ? (cursor, into) -> {} : Step.doubt();
        }
        if (text != null) {
            return writer.getType() == Type.STRING || writer.getType() == Type.BYTES
                    ? new TextStep(text)
                    : Step.doubt();
        }
        return switch (reader.name()) {
            case "occurredAt" ->
                number(
                        writer,
                        (cursor, into) -> into.occurredAt(cursor.readInt()),
                        (cursor, into) -> into.occurredAt(cursor.readLong()));
            case "count" ->
                number(
                        writer,
                        (cursor, into) -> into.count(cursor.readInt()),
                        (cursor, into) -> into.count(cursor.readLong()));
            case "overheadMicros" ->
                number(
                        writer,
                        (cursor, into) -> into.overheadMicros(cursor.readInt()),
                        (cursor, into) -> into.overheadMicros(cursor.readLong()));
            case "overheadBytes" ->
                number(
                        writer,
                        (cursor, into) -> into.overheadBytes(cursor.readInt()),
                        (cursor, into) -> into.overheadBytes(cursor.readLong()));
            case "backfill" ->
                writer.getType() == Type.BOOLEAN ? (cursor, into) -> into.backfill(cursor.readBoolean()) : Step.doubt();
            default -> throw new UnplannedException("the contract has a new field: " + reader.name());
        };
    }

    /** Which of two branches is a text when the other one is null; -1 for any other union. */
    private static int textBranch(List<Schema> branches) {
        if (branches.size() != 2) {
            return -1;
        }
        int text = branches.get(0).getType() == Type.NULL ? 1 : 0;
        var other = branches.get(1 - text).getType();
        return other == Type.NULL && branches.get(text).getType() == Type.STRING ? text : -1;
    }

    private static Step number(Schema writer, Step fromInt, Step fromLong) {
        return switch (writer.getType()) {
            case INT -> fromInt;
            case LONG -> fromLong;
            default -> Step.doubt();
        };
    }
}

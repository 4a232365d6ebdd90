package dev.afterglow.streams.reading;

import dev.afterglow.contract.EvaluationEvent;
import java.util.ArrayList;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Reads events of one writer's schema, without an object per event. It resolves the schemas as Avro does, but only
 * accepts what is plain: where it says no, Avro's decoder has to say whether the bytes are a value or poison, and of which
 * kind, so that both ways cannot differ. For one thread.
 */
public final class EventReader {
    private static final Schema READER = EvaluationEvent.getClassSchema();

    private final Cursor cursor = new Cursor();
    private final Step[] steps;
    private final long countDefault;
    private final boolean backfillDefault;

    private EventReader(Step[] steps) {
        this.steps = steps;
        countDefault = (Long) defaultOf("count");
        backfillDefault = (Boolean) defaultOf("backfill");
    }

    /**
     * The reader of a writer's schema; empty when it is not plainly one of evaluation events, which is left to Avro.
     *
     * @param writer as registered
     */
    public static Optional<EventReader> compile(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD || !writer.getName().equals(READER.getName())) {
            return Optional.empty();
        }
        Schema renamed = Schema.applyAliases(writer, READER);
        if (READER.getFields().stream()
                .anyMatch(field -> !field.hasDefaultValue() && renamed.getField(field.name()) == null)) {
            return Optional.empty();
        }
        try {
            var steps = new ArrayList<Step>();
            for (Schema.Field field : renamed.getFields()) {
                Schema.Field known = READER.getField(field.name());
                steps.add(known == null ? Step.skip(field.schema()) : FieldSteps.of(field.schema(), known));
            }
            return Optional.of(new EventReader(steps.toArray(Step[]::new)));
        } catch (UnplannedException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads one value without header.
     *
     * @param bytes not to be changed while the view is in use
     * @param offset where the value starts
     * @param length how many bytes it has
     * @return false when the bytes are not plainly an event; the view then holds rubbish
     */
    public boolean read(byte[] bytes, int offset, int length, EventView into) {
        into.clear(bytes, countDefault, backfillDefault);
        cursor.start(bytes, offset, length);
        try {
            for (Step step : steps) {
                if (step instanceof TextStep text) {
                    text.run(cursor, into);
                } else if (step instanceof OptionalTextStep text) {
                    text.run(cursor, into);
                } else {
                    step.run(cursor, into);
                }
            }
            return cursor.isAtEnd();
        } catch (DoubtException e) {
            return false;
        }
    }

    private static Object defaultOf(String field) {
        return SpecificData.get().getDefaultValue(READER.getField(field));
    }
}

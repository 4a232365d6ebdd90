package dev.afterglow.streams.reading;

import org.apache.avro.Schema;

/** Reads or passes over one value. */
@FunctionalInterface
interface Step {

    /** @throws DoubtException when the bytes are not plainly a value */
    void run(Cursor cursor, EventView into);

    /** Avro's decoder knows what this means; so far nobody has written it. */
    static Step doubt() {
        return (cursor, into) -> {
            throw DoubtException.INSTANCE;
        };
    }

    /** The branch of a union that the bytes name. */
    static Step union(Step[] branches) {
        return (cursor, into) -> {
            int branch = cursor.readInt();
            if (branch < 0 || branch >= branches.length) {
                throw DoubtException.INSTANCE;
            }
            branches[branch].run(cursor, into);
        };
    }

    /** One after the other. */
    static Step sequence(Step[] steps) {
        return (cursor, into) -> {
            for (Step step : steps) {
                step.run(cursor, into);
            }
        };
    }

    /**
     * Passes over a value of any type.
     *
     * @throws UnplannedException when it is of a type that is left to Avro
     */
    static Step skip(Schema writer) {
        return new Skips().of(writer);
    }
}

package dev.afterglow.streams.reading;

/**
 * Reads a text that may be null, as {@link TextStep} does.
 *
 * @param branch of the union that is the text; the other one is null
 */
record OptionalTextStep(TextField field, int branch) implements Step {

    @Override
    public void run(Cursor cursor, EventView into) {
        int found = cursor.readInt();
        if (found == branch) {
            cursor.readText(field, into);
        } else if (found != 1 - branch) {
            throw DoubtException.INSTANCE;
        }
    }
}

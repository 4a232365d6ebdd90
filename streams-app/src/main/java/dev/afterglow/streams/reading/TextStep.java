package dev.afterglow.streams.reading;

/** Reads a text. A class of its own, since most fields are texts: the loop over the fields knows it, and calls it directly. */
record TextStep(TextField field) implements Step {

    @Override
    public void run(Cursor cursor, EventView into) {
        cursor.readText(field, into);
    }
}

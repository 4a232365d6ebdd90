package dev.afterglow.streams.reading;

/** The quick way does not know what to make of these bytes; Avro's decoder has to say. Never leaves this package. */
final class DoubtException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One for all: it carries nothing, not even where it came from. */
    static final DoubtException INSTANCE = new DoubtException();

    private DoubtException() {
        super(null, null, false, false);
    }
}

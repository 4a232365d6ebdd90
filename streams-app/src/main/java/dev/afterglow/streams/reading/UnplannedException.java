package dev.afterglow.streams.reading;

/** No plan is made for this schema of a writer. Never leaves this package. */
final class UnplannedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnplannedException(String why) {
        super(why);
    }
}

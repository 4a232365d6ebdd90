package dev.afterglow.streams.apply;

/** A value is not what its field wants; the message says what to write. */
final class Mismatch extends Exception {

    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
        super(message);
    }
}

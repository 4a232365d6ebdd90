package dev.afterglow.streams.intake;

/** A task could not be told in time what lies before its first record; counting without that would count duplicates. */
public final class PrimingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PrimingException(String message) {
        super(message);
    }
}

package dev.afterglow.streams.http;

/** What was asked for cannot be done now, and may be possible later. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what cannot be done */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

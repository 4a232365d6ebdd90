package dev.afterglow.streams.readmodel;

/** The disk, or what lies on it, failed the read model; the message names the directory and the remedy. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.afterglow.streams.embedded;

/**
 * The embedded Kafka or registry cannot start, or has failed for good. The message names the thing and the remedy, and is
 * meant for the person at the terminal.
 */
public final class EmbeddedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what failed and what to do about it
     */
    public EmbeddedException(String message) {
        super(message);
    }

    /**
     * @param message what failed and what to do about it
     * @param cause the failure underneath
     */
    public EmbeddedException(String message, Throwable cause) {
        super(message, cause);
    }
}

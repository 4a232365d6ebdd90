package dev.afterglow.streams.http;

/** The server could not start; the message names the address and the remedy. */
public final class HttpStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HttpStartException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.afterglow.streams.demo;

/** The HTTP API did not answer as it should. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ApiException(String message, Throwable cause) {
        super(message, cause);
    }

    ApiException(String message) {
        super(message);
    }
}

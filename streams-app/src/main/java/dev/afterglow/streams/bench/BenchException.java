package dev.afterglow.streams.bench;

/** The benchmark, or one case of it, cannot go on; the message says why and where to look. */
public final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}

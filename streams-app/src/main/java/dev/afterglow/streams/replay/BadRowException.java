package dev.afterglow.streams.replay;

/** One row cannot become an event; the message says why. The rows around it are not affected. */
final class BadRowException extends Exception {

    private static final long serialVersionUID = 1L;

    BadRowException(String message) {
        super(message);
    }
}

package dev.afterglow.streams.runtime;

/** The service cannot start or go on; the message names what is wrong and the remedy. */
public final class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message for the operator */
    public ServiceException(String message) {
        super(message);
    }

    /** @param message for the operator */
    public ServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.afterglow.schemas.serde;

import org.apache.kafka.common.KafkaException;

/**
 * A value of our own state or of an internal topic cannot be read. It is no bad input and must not be dead-lettered: it
 * was written by a version that this one does not know, or it is damaged. The task has to stop.
 */
public final class UnreadableStateException extends KafkaException {
    private static final long serialVersionUID = 1L;

    UnreadableStateException(String message, Throwable cause) {
        super(message, cause);
    }
}

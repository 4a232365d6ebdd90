package dev.afterglow.schemas.registry;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * The registry could not answer (I/O, time-out, 408, 429, 5xx): nothing is known about the record, so it must be neither
 * counted nor dead-lettered. When it reaches the caller, the retry budget is spent: the task has to fail and read again.
 *
 * <p>Deliberately no {@code SerializationException}: whoever catches that means bad bytes.
 */
public final class RegistryUnavailableException extends KafkaException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    /**
     * @param message what was asked of whom
     * @param cause what was thrown underneath; null when there was nothing
     */
    public RegistryUnavailableException(String message, Throwable cause) {
        this(message, cause, null);
    }

    RegistryUnavailableException(String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the registry asked to be left alone, if it did. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

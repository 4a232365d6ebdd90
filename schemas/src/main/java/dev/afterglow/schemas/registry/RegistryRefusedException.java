package dev.afterglow.schemas.registry;

import org.apache.kafka.common.KafkaException;

/**
 * The registry answered, and the answer is no: credentials, a wrong address, a missing subject, an incompatible schema.
 * No record is to blame and waiting does not help, so the task fails; the message names the URL, the subject and the
 * remedy.
 */
public final class RegistryRefusedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    /** @param message the URL, what was asked, what was answered, and what to do about it */
    public RegistryRefusedException(String message) {
        super(message);
    }

    /**
     * @param message the URL, what was asked, what was answered, and what to do about it
     * @param cause what was thrown underneath
     */
    public RegistryRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}

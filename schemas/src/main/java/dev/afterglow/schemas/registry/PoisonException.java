package dev.afterglow.schemas.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The bytes (or the value) themselves are bad: trying again cannot help, so the record belongs in the dead letters.
 *
 * <p>Its message names the schema id and the reason, never the payload.
 */
public final class PoisonException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /** Why a record is bad; stable names, fit for a header or a metric's label. */
    public enum Reason {
        /** Fewer bytes than the header has. */
        TOO_SHORT,
        /** The first byte is not the magic byte of the wire format. */
        WRONG_MAGIC,
        /** The registry is well and knows no schema with this id. */
        UNKNOWN_SCHEMA_ID,
        /** The registry's schema is not Avro, is broken, or uses what is not supported. */
        UNUSABLE_SCHEMA,
        /** The writer's schema cannot be resolved against the reader's. */
        INCOMPATIBLE_SCHEMA,
        /** The bytes end before the value does. */
        TRUNCATED,
        /** Bytes are left over after the value. */
        TRAILING_BYTES,
        /** The bytes are no value of the writer's schema. */
        MALFORMED,
        /** The value does not fit its schema, so that it cannot be written. */
        NOT_ENCODABLE
    }

    private final Reason reason;

    /**
     * @param reason the stable name of what is wrong
     * @param message for people; no payload
     */
    public PoisonException(Reason reason, String message) {
        this(reason, message, null);
    }

    /**
     * @param reason the stable name of what is wrong
     * @param message for people; no payload
     * @param cause what was thrown underneath; null when there was nothing
     */
    public PoisonException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What is wrong, never null. */
    public Reason reason() {
        return reason;
    }

    // A flood of bad records is no reason to walk the stack ten thousand times: the reason says where it was found.
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}

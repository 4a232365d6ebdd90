package dev.afterglow.streams.deadletter;

import dev.afterglow.schemas.registry.PoisonException;

/** Says in the words of {@code dead-letters} why bytes could not be decoded. */
public final class PoisonReasons {

    private PoisonReasons() {}

    /** The reason for which a record goes to the dead letters. */
    public static DeadLetterReason of(PoisonException poison) {
        return switch (poison.reason()) {
            case TOO_SHORT, WRONG_MAGIC -> DeadLetterReason.WRONG_MAGIC;
            case UNKNOWN_SCHEMA_ID, UNUSABLE_SCHEMA, INCOMPATIBLE_SCHEMA -> DeadLetterReason.UNKNOWN_SCHEMA;
            case TRUNCATED, TRAILING_BYTES, MALFORMED, NOT_ENCODABLE -> DeadLetterReason.UNDECODABLE;
        };
    }
}

package dev.afterglow.streams.audit;

import dev.afterglow.schemas.registry.PoisonException;

/** Why an evaluation cannot be counted, by the names that the contract of the ledger and of the dead letters has. */
enum Rejection {
    EMPTY,
    WRONG_MAGIC,
    UNKNOWN_SCHEMA,
    UNDECODABLE,
    INVALID,
    TOO_LATE,
    FUTURE;

    static Rejection of(PoisonException.Reason reason) {
        return switch (reason) {
            case TOO_SHORT, WRONG_MAGIC -> WRONG_MAGIC;
            case UNKNOWN_SCHEMA_ID, UNUSABLE_SCHEMA, INCOMPATIBLE_SCHEMA -> UNKNOWN_SCHEMA;
            case TRUNCATED, TRAILING_BYTES, MALFORMED, NOT_ENCODABLE -> UNDECODABLE;
        };
    }
}

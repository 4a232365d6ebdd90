package dev.afterglow.streams.deadletter;

/** Why a record could not be used. */
public enum DeadLetterReason {
    /** The value is null. */
    EMPTY,
    /** The value does not begin with the magic byte and schema id of the wire format. */
    WRONG_MAGIC,
    /** The registry knows no schema of the id in the value. */
    UNKNOWN_SCHEMA,
    /** The bytes are not what their schema says. */
    UNDECODABLE,
    /** It decodes, but a field has no usable value. */
    INVALID,
    /** It happened longer before its arrival than the limit allows. */
    TOO_LATE,
    /** It claims to have happened after its arrival by more than clocks differ. */
    FUTURE,
    /** It is for an hour whose count was published for the last time and is no longer kept. */
    SEALED,
    /** What somebody did about an alert cannot be taken: the alert is not open, or never was. */
    REFUSED_ACTION
}

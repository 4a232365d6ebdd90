package dev.afterglow.streams.demo;

import dev.afterglow.contract.EvaluationEvent;
import java.util.Arrays;
import java.util.function.Function;

/**
 * One record of the simulated traffic. Equality is that of the references: the bytes are not copied, since millions are made.
 *
 * @param key key of the record, the unit
 * @param event the event; null when the record has none
 * @param raw bytes to send as they are; null when there is an event, or when the record has no value at all
 * @param damage what is done to the encoded event on its way
 * @param fate what has to become of it
 */
public record GeneratedRecord(String key, EvaluationEvent event, byte[] raw, Damage damage, Fate fate) {

    /** What happens to the bytes of an event. */
    public enum Damage {
        /** Nothing. */
        NONE,
        /** The second half is lost. */
        TRUNCATED,
        /** A byte too many follows. */
        TRAILING
    }

    /** An event that is sent as it is. */
    static GeneratedRecord of(EvaluationEvent event, Fate fate) {
        return new GeneratedRecord(event.getUnit(), event, null, Damage.NONE, fate);
    }

    /** An event whose bytes arrive damaged. */
    static GeneratedRecord damaged(EvaluationEvent event, Damage damage) {
        return new GeneratedRecord(event.getUnit(), event, null, damage, Fate.UNDECODABLE);
    }

    /** Bytes, or null for a record without a value. */
    static GeneratedRecord raw(String key, byte[] bytes, Fate fate) {
        return new GeneratedRecord(key, null, bytes, Damage.NONE, fate);
    }

    /**
     * The value to send.
     *
     * @param encoder writes an event in the wire format of the registry
     * @return the bytes; null for a record without a value
     */
    public byte[] value(Function<EvaluationEvent, byte[]> encoder) {
        if (event == null) {
            return raw;
        }
        var bytes = encoder.apply(event);
        return switch (damage) {
            case NONE -> bytes;
            case TRUNCATED -> Arrays.copyOf(bytes, bytes.length / 2);
            case TRAILING -> Arrays.copyOf(bytes, bytes.length + 1);
        };
    }

    /** How many evaluations the record stands for in the ledger: the count of a valid event, else 1. */
    public long weight() {
        return event == null || fate.isDeadLetter() ? 1 : event.getCount();
    }
}

package dev.afterglow.streams.readmodel;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Keys that are not simply the key of a record. Texts end with a zero byte where a number follows. */
final class Keys {

    private Keys() {}

    static byte[] totals(ExperimentKey experiment) {
        return Table.TOTALS.key(experiment.toString());
    }

    /** Where the sums are to which a count belongs, without taking its key apart; of a malformed key, anywhere. */
    static byte[] totalsOf(byte[] impressionKey) {
        int end = 0;
        for (int slashes = 0; end < impressionKey.length; end++) {
            if (impressionKey[end] == '/' && ++slashes == 3) {
                break;
            }
        }
        return Table.TOTALS.key(Arrays.copyOf(impressionKey, end));
    }

    /** Versions of a definition lie in the order in which they take effect. */
    static byte[] definition(String identity, ExperimentDefinition version) {
        return definition(identity, version.getEffectiveFrom(), version.getVersion());
    }

    static byte[] definition(String identity, Instant effectiveFrom, long version) {
        return numbered(Table.DEFINITIONS, identity, effectiveFrom.toEpochMilli(), version);
    }

    static byte[] definitions(String identity) {
        return Table.DEFINITIONS.key(identity + '\0');
    }

    static byte[] historyEntry(String alertId, Instant at, long offset) {
        return numbered(Table.ALERT_HISTORY, alertId, at.toEpochMilli(), offset);
    }

    static byte[] history(String alertId) {
        return Table.ALERT_HISTORY.key(alertId + '\0');
    }

    static byte[] action(String subject, Instant at, long offset) {
        return numbered(Table.ACTIONS, subject, at.toEpochMilli(), offset);
    }

    static byte[] actions(String subject) {
        return Table.ACTIONS.key(subject + '\0');
    }

    /** The text between the prefix and the two numbers. */
    static String textOfNumbered(byte[] key) {
        return new String(key, 1, key.length - 2 - 2 * Long.BYTES, StandardCharsets.UTF_8);
    }

    private static byte[] numbered(Table table, String text, long first, long second) {
        var start = table.key(text + '\0');
        return ByteBuffer.allocate(start.length + 2 * Long.BYTES)
                .put(start)
                .putLong(sortable(first))
                .putLong(sortable(second))
                .array();
    }

    // The store compares bytes as unsigned: flipping the sign keeps times before 1970 in order.
    private static long sortable(long value) {
        return value ^ Long.MIN_VALUE;
    }
}

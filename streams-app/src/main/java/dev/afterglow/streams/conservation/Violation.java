package dev.afterglow.streams.conservation;

import dev.afterglow.alerts.operators.OperatorAlerts;
import dev.afterglow.contract.OperatorAlert;
import java.time.Instant;
import java.util.Map;

/**
 * Two sums that should be equal and are not.
 *
 * @param subject what was checked: key of a ledger, or {@code impressions}
 * @param expected what should be there
 * @param found what is there
 * @param detail in words, with the numbers
 */
public record Violation(String subject, long expected, long found, String detail) {

    /**
     * The alert to send.
     *
     * @param at arrival up to which the evaluations were read
     */
    public OperatorAlert alert(Instant at) {
        return OperatorAlerts.conservation(
                subject, detail, Map.of("expected", Long.toString(expected), "found", Long.toString(found)), at);
    }
}

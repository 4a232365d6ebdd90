package dev.afterglow.alerts.cleanup;

import java.time.Instant;

/**
 * An alert that is open, as an explanation mentions it.
 *
 * @param kind by name
 * @param status by name
 * @param since when it came into that state
 * @param alertId names the alert
 * @param snoozedUntil when it comes back; null when it is not snoozed
 */
public record OpenOne(String kind, String status, Instant since, String alertId, Instant snoozedUntil) {}

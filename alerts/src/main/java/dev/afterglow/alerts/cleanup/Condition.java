package dev.afterglow.alerts.cleanup;

import java.time.Instant;

/**
 * What a rule found in definitions and policy, before it looks at traffic.
 *
 * @param since since when it is so
 * @param opensAt from when on traffic opens an alert
 * @param escalatesAt from when on traffic makes it critical
 */
record Condition(Instant since, Instant opensAt, Instant escalatesAt) {}

package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.ProjectPolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * What a rule found in definitions and policy, before it looks at traffic.
 *
 * @param since since when it is so
 * @param opensAt from when on traffic opens an alert
 * @param escalatesAt from when on traffic makes it critical
 */
record Condition(Instant since, Instant opensAt, Instant escalatesAt) {

    /** One that is warned of, and becomes critical, by the days that a policy gives. */
    static Condition byAge(Instant since, ProjectPolicy policy) {
        return new Condition(
                since,
                UtcGrid.ceilHour(since.plus(Duration.ofDays(policy.getWarnAfterDays()))),
                UtcGrid.ceilHour(since.plus(Duration.ofDays(policy.getCriticalAfterDays()))));
    }
}

package dev.afterglow.streams.intake;

import dev.afterglow.alerts.policy.Exclusions;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.streams.floods.FloodLimits;
import dev.afterglow.streams.flow.Policies;
import java.time.Duration;
import java.time.Instant;

/**
 * How the events of one project are counted. Policies change at full hours, so that the answer for an hour is kept: it
 * is asked for with every event.
 */
final class ProjectRules {

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final long NO_HOUR = Long.MIN_VALUE;

    private final String project;
    private PolicyHistory history;
    private long revision = -1;
    private long newestVersion;
    private long hour = NO_HOUR;
    private Rules ofHour;

    ProjectRules(String project) {
        this.project = project;
    }

    /**
     * The rules for one event.
     *
     * @param policy which evaluations count
     * @param exclusions what is left out whatever the policy
     * @param horizonHours for how many hours of arrival after its first an id is remembered
     * @param limits how many names may count
     */
    record Rules(CountingPolicy policy, Exclusions exclusions, int horizonHours, FloodLimits limits) {}

    /**
     * The rules for an event.
     *
     * @param occurredAt when it happened, milliseconds since 1970
     * @param arrival when it arrived
     */
    Rules of(Policies policies, long occurredAt, long arrival) {
        refresh(policies);
        if (arrival < newestVersion) {
            return look(occurredAt, arrival);
        }
        long wanted = Math.floorDiv(occurredAt, HOUR_MILLIS);
        if (wanted != hour) {
            ofHour = look(occurredAt, arrival);
            hour = wanted;
        }
        return ofHour;
    }

    private Rules look(long occurredAt, long arrival) {
        var occurred = Instant.ofEpochMilli(occurredAt);
        var arrived = Instant.ofEpochMilli(arrival);
        var admission = history.admissionAt(occurred, arrived);
        return new Rules(
                history.countingPolicyAt(occurred, arrived),
                Exclusions.of(admission),
                admission.getDedupeHorizonHours(),
                FloodLimits.of(admission));
    }

    private void refresh(Policies policies) {
        // Read before the history: a history that is newer than its revision is only asked for once more.
        long current = policies.revision();
        if (current != revision) {
            history = policies.of(project);
            newestVersion = history.versions().stream()
                    .map(PolicyVersion::arrivedAt)
                    .mapToLong(Instant::toEpochMilli)
                    .max()
                    .orElse(Long.MIN_VALUE);
            revision = current;
            hour = NO_HOUR;
        }
    }
}

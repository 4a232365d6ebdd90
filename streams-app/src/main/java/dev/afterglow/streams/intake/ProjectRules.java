package dev.afterglow.streams.intake;

import dev.afterglow.alerts.policy.Exclusions;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.streams.floods.FloodLimits;
import dev.afterglow.streams.flow.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * How the events of one project are counted. The answer depends on the hour of an event, for policies change at full
 * hours, and on which versions had arrived before it; it is asked for with every event, so that the last answers are
 * kept.
 */
final class ProjectRules {

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    /** Of neighbouring hours and versions; a power of two. */
    private static final int ANSWERS_KEPT = 64;

    private final String project;
    private final Answer[] answers = new Answer[ANSWERS_KEPT];
    private PolicyHistory history;
    private long revision = -1;
    private long[] arrivals = {};

    private record Answer(long hour, int versions, Rules rules) {}

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
        long hour = Math.floorDiv(occurredAt, HOUR_MILLIS);
        int versions = arrivedBy(arrival);
        int slot = (int) (hour + 31L * versions) & ANSWERS_KEPT - 1;
        var answer = answers[slot];
        if (answer == null || answer.hour() != hour || answer.versions() != versions) {
            answer = new Answer(hour, versions, look(occurredAt, arrival));
            answers[slot] = answer;
        }
        return answer.rules();
    }

    /** How many versions had arrived by a time: few, and most often all. */
    private int arrivedBy(long arrival) {
        int versions = arrivals.length;
        while (versions > 0 && arrivals[versions - 1] > arrival) {
            versions--;
        }
        return versions;
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
            arrivals = history.versions().stream()
                    .map(PolicyVersion::arrivedAt)
                    .mapToLong(Instant::toEpochMilli)
                    .sorted()
                    .toArray();
            Arrays.fill(answers, null);
            revision = current;
        }
    }
}

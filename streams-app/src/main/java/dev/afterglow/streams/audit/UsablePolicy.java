package dev.afterglow.streams.audit;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** Which versions of policies are taken; the others are dead letters and never in force. */
final class UsablePolicy {

    private static final Set<String> ALERTED = Set.of(
            "LEFTOVER_ROLLOUT",
            "DECIDED_BUT_RUNNING",
            "ZOMBIE_TRAFFIC",
            "UNKNOWN_EXPERIMENT",
            "REACTIVATED",
            "ROLLOUT_MISMATCH");

    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private static final int LONGEST_HORIZON_HOURS = 168;

    private UsablePolicy() {}

    static boolean is(String key, ProjectPolicy policy) {
        return policy.getProject().equals(key)
                && ExperimentKey.isSlug(key)
                && ExperimentKey.isSlug(policy.getAccount())
                && policy.getVersion() >= 1
                && !policy.getEffectiveFrom().isBefore(Instant.EPOCH)
                && policy.getEffectiveFrom().isBefore(END_OF_TIME)
                && policy.getCountingPolicy() != CountingPolicy.UNKNOWN
                && (policy.getCountedEnvironments() == null
                        || policy.getCountedEnvironments().stream().allMatch(ExperimentKey::isSlug))
                && admissionMakesSense(policy)
                && alertSettingsMakeSense(policy);
    }

    private static boolean admissionMakesSense(ProjectPolicy policy) {
        return policy.getDedupeHorizonHours() >= 1
                && policy.getDedupeHorizonHours() <= LONGEST_HORIZON_HOURS
                && policy.getUnknownExperimentsPerDay() >= 0
                && policy.getVariantsPerExperiment() >= 1
                && policy.getExcludedUserAgents().stream().noneMatch(String::isBlank)
                && policy.getExcludedUnits().stream().allMatch(UsablePolicy::isUnitOrPrefix);
    }

    private static boolean isUnitOrPrefix(String unit) {
        int star = unit.indexOf('*');
        return !unit.isBlank() && !unit.equals("*") && (star < 0 || star == unit.length() - 1);
    }

    private static boolean alertSettingsMakeSense(ProjectPolicy policy) {
        return policy.getWarnAfterDays() >= 0
                && policy.getCriticalAfterDays() >= policy.getWarnAfterDays()
                && policy.getMinimumImpressions() >= 1
                && policy.getPropagationGraceMinutes() >= 0
                && ALERTED.containsAll(policy.getExemptKinds())
                && Stream.of(policy.getExemptTags(), policy.getExemptExperiments())
                        .flatMap(Collection::stream)
                        .noneMatch(String::isBlank);
    }
}

package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.Resolution;
import java.util.Optional;

/** Why an experiment is spared the judgement. */
enum Exemption {
    NONE,
    FEATURE_FLAG,
    BY_RULE;

    static Exemption of(ExperimentDefinition definition, ProjectPolicy policy) {
        if (byRule(definition, policy).isPresent()) {
            return BY_RULE;
        }
        return definition.getKind() == ExperimentKind.FEATURE_FLAG && !policy.getIncludeFeatureFlags()
                ? FEATURE_FLAG
                : NONE;
    }

    /** Whether a project wants no alerts of a kind, whatever the experiment. */
    static boolean ofKind(CleanupKind kind, ProjectPolicy policy) {
        return policy.getExemptKinds().contains(kind.name());
    }

    /** What spares it by rule, in words. */
    static Optional<String> byRule(ExperimentDefinition definition, ProjectPolicy policy) {
        if (definition.getPermanent()) {
            return Optional.of("it is marked as permanent");
        }
        if (policy.getExemptExperiments().contains(definition.getExperiment())) {
            return Optional.of("its project exempts it by name");
        }
        return policy.getExemptTags().stream()
                .filter(definition.getTags()::contains)
                .findFirst()
                .map(tag -> "its project exempts the tag '" + tag + "'");
    }

    /**
     * Why an alert ends on this exemption.
     *
     * @param held the version in which the alert's condition began to hold; null when it is not known. If that was a
     *     feature flag already, it was the policy that changed its mind.
     */
    Resolution resolution(Phase held) {
        var becameFlag = held == null || held.definition().getKind() != ExperimentKind.FEATURE_FLAG;
        return this == FEATURE_FLAG && becameFlag ? Resolution.CONVERTED_TO_FLAG : Resolution.EXEMPTED;
    }
}

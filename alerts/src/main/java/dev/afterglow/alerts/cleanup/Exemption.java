package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.Resolution;
import java.util.Collections;

/** Why an experiment is spared the judgement. */
enum Exemption {
    NONE,
    FEATURE_FLAG,
    BY_RULE;

    static Exemption of(ExperimentDefinition definition, ProjectPolicy policy) {
        if (definition.getPermanent()
                || policy.getExemptExperiments().contains(definition.getExperiment())
                || !Collections.disjoint(policy.getExemptTags(), definition.getTags())) {
            return BY_RULE;
        }
        return definition.getKind() == ExperimentKind.FEATURE_FLAG && !policy.getIncludeFeatureFlags()
                ? FEATURE_FLAG
                : NONE;
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

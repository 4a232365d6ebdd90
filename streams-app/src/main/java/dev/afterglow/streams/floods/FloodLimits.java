package dev.afterglow.streams.floods;

import dev.afterglow.contract.ProjectPolicy;

/**
 * How many names of a project may count, in each partition of the source.
 *
 * @param unknownExperimentsPerDay different experiments without a definition per UTC day of arrival; 0 or more
 * @param variantsPerExperiment different variants of one experiment; 1 or more
 */
public record FloodLimits(int unknownExperimentsPerDay, int variantsPerExperiment) {

    /** Those of a policy. */
    public static FloodLimits of(ProjectPolicy policy) {
        return new FloodLimits(policy.getUnknownExperimentsPerDay(), policy.getVariantsPerExperiment());
    }
}

package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.List;

/**
 * A stretch of time in which one version of a definition is in force.
 *
 * @param start its start, inclusive
 * @param end its end, exclusive; null for the newest version
 * @param definition the version
 * @param allocation who gets what under it
 * @param retired whether the experiment has ended: archived, or off after having been live. A draft has not ended.
 */
public record Phase(
        Instant start, Instant end, ExperimentDefinition definition, Allocation allocation, boolean retired) {

    private static final long UNDEFINED = 0;

    /** Stands for what is in force while nobody has defined an experiment: nothing, for ever. */
    static Phase undefined(ExperimentKey key) {
        var nothing = ExperimentDefinition.newBuilder()
                .setProject(key.project())
                .setEnvironment(key.environment())
                .setExperiment(key.experiment())
                .setVersion(UNDEFINED)
                .setEffectiveFrom(Instant.EPOCH)
                .setRolloutPercent(0)
                .setVariants(List.of())
                .build();
        return new Phase(Instant.EPOCH, null, nothing, Allocation.of(nothing), false);
    }

    /** Whether there is a version: those of definitions are 1 or more. */
    public boolean isDefined() {
        return definition.getVersion() != UNDEFINED;
    }

    /** Whether this version is in force at an instant. */
    public boolean holdsAt(Instant at) {
        return !at.isBefore(start) && (end == null || at.isBefore(end));
    }
}

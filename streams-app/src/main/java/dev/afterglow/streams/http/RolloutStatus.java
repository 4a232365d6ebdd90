package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.Allocation;
import dev.afterglow.contract.ExperimentDefinition;

/** How far an experiment is rolled out, in the words of the HTTP interface. */
public enum RolloutStatus {
    /** Live, and split or limited to a part of the units. */
    RUNNING,
    /** Everybody gets the same variant. */
    FULL_ROLLOUT,
    /** Everybody in the target segments gets the same variant; others do not. */
    TARGETED_ROLLOUT,
    /** Disabled, a draft, or inactive. */
    INACTIVE,
    /** Archived. */
    ARCHIVED;

    /** The status under a definition. Where none is in force, the interface says {@code UNKNOWN}. */
    public static RolloutStatus of(ExperimentDefinition definition) {
        return switch (Allocation.of(definition).kind()) {
            case RUNNING -> RUNNING;
            case FULL_ROLLOUT -> FULL_ROLLOUT;
            case TARGETED_ROLLOUT -> TARGETED_ROLLOUT;
            case OFF -> INACTIVE;
            case ARCHIVED -> ARCHIVED;
        };
    }

    /** Its name, as {@link HttpSources#rollout} wants it. */
    public static String nameOf(ExperimentDefinition definition) {
        return of(definition).name();
    }
}

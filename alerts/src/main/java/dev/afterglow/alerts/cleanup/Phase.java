package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.ExperimentDefinition;
import java.time.Instant;

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

    /** Whether this version is in force at an instant. */
    public boolean holdsAt(Instant at) {
        return !at.isBefore(start) && (end == null || at.isBefore(end));
    }
}

package dev.afterglow.streams.year;

import dev.afterglow.contract.ProjectPolicy;
import java.time.Instant;
import java.util.List;

/**
 * The policies of a project in a year. For {@link YearOracle}; without anything of what it judges.
 *
 * @param versions in the order of time; the first holds before it is in force, too
 */
record YearPolicies(List<ProjectPolicy> versions) {

    /** The version that is in force at the start of the hour of a time. */
    ProjectPolicy at(long time) {
        var hour = Instant.ofEpochMilli(YearTime.hourOf(time));
        var inForce = versions.get(0);
        for (var version : versions) {
            inForce = version.getEffectiveFrom().isAfter(hour) ? inForce : version;
        }
        return inForce;
    }

    /** For how long after a change traffic may still be that of before it, in milliseconds. */
    long grace(long at) {
        return at(at).getPropagationGraceMinutes() * 60_000L;
    }
}

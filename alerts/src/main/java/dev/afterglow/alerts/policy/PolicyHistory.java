package dev.afterglow.alerts.policy;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.serde.GeneratedClasses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All versions of the policy of one project, by effective time. Immutable. */
public final class PolicyHistory {

    private static final Comparator<PolicyVersion> BY_FORCE = Comparator.<PolicyVersion, Instant>comparing(
                    version -> version.policy().getEffectiveFrom())
            .thenComparingLong(version -> version.policy().getVersion());

    private final String project;
    private final ProjectPolicy fallback;
    private final List<PolicyVersion> versions;

    private PolicyHistory(String project, List<PolicyVersion> versions) {
        this.project = project;
        this.fallback = defaults(project);
        this.versions = List.copyOf(versions);
    }

    /** The history of a project that has no policy: the defaults hold. */
    public static PolicyHistory empty(String project) {
        return new PolicyHistory(project, List.of());
    }

    /**
     * A history of versions in order of arrival.
     *
     * @throws IllegalArgumentException when a version is of another project
     */
    public static PolicyHistory of(String project, Collection<PolicyVersion> versions) {
        var history = empty(project);
        for (var version : versions) {
            history = history.with(version);
        }
        return history;
    }

    /**
     * The policy of a project that has none: the defaults of the contract, in the account named {@code default}. Its
     * version is 0, which no version of a project has.
     */
    public static ProjectPolicy defaults(String project) {
        // Avro reads the defaults out of the schema, and makes no enum of a class that it was not told to trust.
        GeneratedClasses.trust();
        return ProjectPolicy.newBuilder()
                .setProject(project)
                .setVersion(0)
                .setEffectiveFrom(Instant.EPOCH)
                .build();
    }

    /** Whether a policy is that of {@link #defaults}. */
    public static boolean isDefault(ProjectPolicy policy) {
        return policy.getVersion() == 0;
    }

    /** What is wrong with a policy, each with its field and the remedy; empty when nothing is. */
    public static List<String> problems(ProjectPolicy policy) {
        return PolicyCheck.problems(policy);
    }

    /**
     * This history and one more version. A version with the same effective time and number replaces the one there.
     *
     * @throws IllegalArgumentException when it is of another project
     */
    public PolicyHistory with(PolicyVersion version) {
        if (!project.equals(version.policy().getProject())) {
            throw new IllegalArgumentException("policy of project '"
                    + version.policy().getProject() + "' given to the history of project '" + project + "'");
        }
        var all = new ArrayList<>(versions);
        all.removeIf(other -> BY_FORCE.compare(other, version) == 0);
        all.add(version);
        all.sort(BY_FORCE);
        return new PolicyHistory(project, all);
    }

    /** The versions by effective time, then by number; of equal times the last one holds. */
    public List<PolicyVersion> versions() {
        return versions;
    }

    /**
     * The version in force at an instant. The first version also holds before its effective time; of two versions
     * effective at the same time the higher one holds; without any the defaults do.
     */
    public ProjectPolicy inForceAt(Instant at) {
        var inForce = fallback;
        for (var version : versions) {
            if (version.policy().getEffectiveFrom().isAfter(at) && !isFirst(version)) {
                break;
            }
            inForce = version.policy();
        }
        return inForce;
    }

    private boolean isFirst(PolicyVersion version) {
        return version.policy()
                .getEffectiveFrom()
                .equals(versions.get(0).policy().getEffectiveFrom());
    }

    /** The first effective time after an instant; empty when no version is to come. */
    public Optional<Instant> nextChangeAfter(Instant at) {
        return versions.stream()
                .map(version -> version.policy().getEffectiveFrom())
                .filter(from -> from.isAfter(at))
                .findFirst();
    }

    /**
     * The counting policy of an event. A change takes effect at the first full UTC hour at which it has arrived and is
     * in force, so that no hour is counted under two policies. The first version is no change: it also holds for hours
     * before the one in which it arrived, so that a log of last year is counted under the policy sent before it. Only
     * versions that arrived before the event are looked at, so that a replay decides as the first reading did.
     *
     * @param occurredAt when the event happened
     * @param arrivedAt when the event was written to its topic
     */
    public CountingPolicy countingPolicyAt(Instant occurredAt, Instant arrivedAt) {
        return latest(arrivedAt, first -> firstCountsAt(first, occurredAt), changed -> countsAt(changed, occurredAt))
                .getCountingPolicy();
    }

    /**
     * The version that says of an event whether it may count at all: its environments, what it excludes, its limits, for
     * how long ids are remembered. A change takes effect as that of the counting policy does, but the first version holds
     * for every event that arrives after it: the name of a policy that stands on a count says nothing about these, and
     * who sends a policy before the first event expects it to hold.
     *
     * @param occurredAt when the event happened
     * @param arrivedAt when the event was written to its topic
     */
    public ProjectPolicy admissionAt(Instant occurredAt, Instant arrivedAt) {
        return latest(arrivedAt, first -> true, changed -> countsAt(changed, occurredAt));
    }

    private ProjectPolicy latest(
            Instant arrivedAt, Predicate<PolicyVersion> firstHolds, Predicate<PolicyVersion> changeHolds) {
        var policy = fallback;
        var holds = firstHolds;
        for (var version : versions) {
            if (version.arrivedAt().isAfter(arrivedAt)) {
                continue;
            }
            if (holds.test(version)) {
                policy = version.policy();
            }
            holds = changeHolds;
        }
        return policy;
    }

    private static boolean firstCountsAt(PolicyVersion version, Instant occurredAt) {
        return occurredAt.isBefore(UtcGrid.floorHour(version.arrivedAt()))
                || !occurredAt.isBefore(UtcGrid.ceilHour(version.arrivedAt()));
    }

    private static boolean countsAt(PolicyVersion version, Instant occurredAt) {
        var from = version.policy().getEffectiveFrom();
        var known = from.isAfter(version.arrivedAt()) ? from : version.arrivedAt();
        return !occurredAt.isBefore(UtcGrid.ceilHour(known));
    }
}

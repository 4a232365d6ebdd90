package dev.afterglow.streams.audit;

import dev.afterglow.alerts.policy.Exclusions;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.ProjectPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which version of a project's policy counts an event. A change holds from the first full UTC hour at which it has
 * arrived and is in force. The first version is no change: for the counting policy it holds but in the hour in which it
 * arrived, for the environments always. A version that arrived after the event does not exist for it.
 */
final class ProjectRules {

    /** A project that has said nothing. */
    static final ProjectRules NONE = new ProjectRules(List.of());

    private record Version(ProjectPolicy policy, Instant arrivedAt) {

        Instant effectiveFrom() {
            return policy.getEffectiveFrom();
        }

        boolean holdsAsAChange(Instant occurredAt) {
            var known = effectiveFrom().isAfter(arrivedAt) ? effectiveFrom() : arrivedAt;
            return !occurredAt.isBefore(fullHourFrom(known));
        }

        boolean arrivedInTheMiddleOfTheHourOf(Instant occurredAt) {
            var hour = arrivedAt.truncatedTo(ChronoUnit.HOURS);
            return !arrivedAt.equals(hour)
                    && occurredAt.truncatedTo(ChronoUnit.HOURS).equals(hour);
        }
    }

    private static final Comparator<Version> IN_FORCE =
            Comparator.comparing(Version::effectiveFrom).thenComparing(version -> version.policy.getVersion());

    /** By effective time and number. */
    private final List<Version> versions;

    private ProjectRules(List<Version> versions) {
        this.versions = versions;
    }

    /** These rules and a version that arrived after all others; one of equal time and number is replaced. */
    ProjectRules with(ProjectPolicy policy, Instant arrivedAt) {
        var added = new Version(policy, arrivedAt);
        var all = new ArrayList<>(versions.stream()
                .filter(other -> IN_FORCE.compare(other, added) != 0)
                .toList());
        all.add(added);
        all.sort(IN_FORCE);
        return new ProjectRules(List.copyOf(all));
    }

    /** The counting policy of an event. */
    CountingPolicy countingPolicy(Instant occurredAt, Instant arrivedAt) {
        var known = knownAt(arrivedAt);
        var change = newestChange(known, occurredAt);
        if (change.isPresent()) {
            return change.get().policy().getCountingPolicy();
        }
        return known.stream()
                .limit(1)
                .filter(first -> !first.arrivedInTheMiddleOfTheHourOf(occurredAt))
                .map(first -> first.policy().getCountingPolicy())
                .findFirst()
                .orElse(CountingPolicy.EVALUATION);
    }

    /** Why an event is left out whatever the counting policy; empty when it is not. */
    Optional<String> exclusion(EvaluationEvent event, Instant arrivedAt) {
        return admission(event.getOccurredAt(), arrivedAt)
                .flatMap(policy ->
                        Exclusions.of(policy).reasonFor(event.getEnvironment(), event.getUnit(), event.getUserAgent()))
                .map(Enum::name);
    }

    /** For how many full hours an id is remembered after the hour in which its first event arrived. */
    int horizonHours(Instant occurredAt, Instant arrivedAt) {
        return admission(occurredAt, arrivedAt)
                .map(ProjectPolicy::getDedupeHorizonHours)
                .orElse(AuditLimits.DEFAULT_HORIZON_HOURS);
    }

    /** The longest that any version remembers ids for, in full hours. */
    int longestHorizonHours() {
        return versions.stream()
                .mapToInt(version -> version.policy().getDedupeHorizonHours())
                .reduce(AuditLimits.DEFAULT_HORIZON_HOURS, Math::max);
    }

    /** The version that says which events count at all; empty when there is none. */
    Optional<ProjectPolicy> admission(Instant occurredAt, Instant arrivedAt) {
        var known = knownAt(arrivedAt);
        return newestChange(known, occurredAt)
                .or(() -> known.stream().findFirst())
                .map(Version::policy);
    }

    private List<Version> knownAt(Instant arrivedAt) {
        return versions.stream()
                .filter(version -> !version.arrivedAt().isAfter(arrivedAt))
                .toList();
    }

    private static Optional<Version> newestChange(List<Version> known, Instant occurredAt) {
        return known.stream()
                .skip(1)
                .filter(version -> version.holdsAsAChange(occurredAt))
                .reduce((older, newer) -> newer);
    }

    private static Instant fullHourFrom(Instant at) {
        var hour = at.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(at) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }
}

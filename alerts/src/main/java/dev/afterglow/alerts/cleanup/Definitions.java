package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.state.DefinitionHistory;
import dev.afterglow.state.PermanentRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All versions of the definition of one experiment, by effective time. Immutable. */
public final class Definitions {

    private static final Definitions EMPTY = new Definitions(List.of(), List.of());
    private static final Comparator<ExperimentDefinition> BY_FORCE = Comparator.comparing(
                    ExperimentDefinition::getEffectiveFrom)
            .thenComparingLong(ExperimentDefinition::getVersion);

    private final List<ExperimentDefinition> versions;
    private final List<PermanentRun> permanentRuns;
    private final List<Phase> phases;

    private Definitions(List<ExperimentDefinition> sorted, List<PermanentRun> permanentRuns) {
        this.versions = List.copyOf(sorted);
        this.permanentRuns = List.copyOf(permanentRuns);
        this.phases = Permanence.in(phasesOf(versions), permanentRuns);
    }

    /** The history of an experiment of which nothing is known. */
    public static Definitions empty() {
        return EMPTY;
    }

    /** A history of versions in order of arrival. */
    public static Definitions of(Collection<ExperimentDefinition> versions) {
        var newest = new TreeMap<ExperimentDefinition, ExperimentDefinition>(BY_FORCE);
        versions.forEach(version -> {
            // The key of an entry is kept when its value is replaced.
            newest.remove(version);
            newest.put(version, version);
        });
        return new Definitions(List.copyOf(newest.values()), List.of());
    }

    /** A history as it was stored; null is the empty one. */
    public static Definitions fromHistory(DefinitionHistory history) {
        return history == null ? EMPTY : of(history.getVersions()).permanentIn(history.getPermanentRuns());
    }

    /** The history as it is stored. */
    public DefinitionHistory toHistory() {
        return new DefinitionHistory(versions, permanentRuns);
    }

    /** What is wrong with a definition, each with its field and the remedy; empty when nothing is. */
    public static List<String> problems(ExperimentDefinition definition) {
        return DefinitionCheck.problems(definition);
    }

    /** This history and one more version. A version with the same effective time and number replaces the one there. */
    public Definitions with(ExperimentDefinition version) {
        var all = new ArrayList<>(versions);
        all.removeIf(other -> BY_FORCE.compare(other, version) == 0);
        all.add(version);
        all.sort(BY_FORCE);
        return new Definitions(all, permanentRuns);
    }

    /**
     * This history with runs exempt that somebody marked as permanent: from then on, whichever of their versions is in
     * force, also one that arrives later.
     */
    public Definitions permanentIn(Collection<PermanentRun> runs) {
        var all = new ArrayList<>(permanentRuns);
        for (var run : runs) {
            if (all.stream().noneMatch(known -> Objects.equals(known.getRun(), run.getRun()))) {
                all.add(run);
            }
        }
        return all.size() == permanentRuns.size() ? this : new Definitions(versions, all);
    }

    /** The versions by effective time, then by number; of equal times the last one holds. */
    public List<ExperimentDefinition> versions() {
        return versions;
    }

    /** The versions that are ever in force, each with its time, without gaps, oldest first. */
    public List<Phase> phases() {
        return phases;
    }

    /** The version in force at an instant; empty before the first one. */
    public Optional<ExperimentDefinition> inForceAt(Instant at) {
        return phaseAt(at).map(Phase::definition);
    }

    /** The version in force at an instant, with its time; empty before the first one. */
    public Optional<Phase> phaseAt(Instant at) {
        return phases.stream().filter(phase -> phase.holdsAt(at)).findFirst();
    }

    /** The first effective time after an instant; empty when no version is to come. */
    public Optional<Instant> nextChangeAfter(Instant at) {
        return phases.stream()
                .map(Phase::start)
                .filter(start -> start.isAfter(at))
                .findFirst();
    }

    /**
     * The start of the newest unbroken run of versions that satisfy a condition.
     *
     * @param at the version in force at this instant is the newest one looked at
     * @return empty when that version does not satisfy the condition, or there is none
     */
    public Optional<Instant> since(Instant at, Predicate<Phase> condition) {
        Instant since = null;
        for (var phase : phases) {
            if (phase.start().isAfter(at)) {
                break;
            }
            if (!condition.test(phase)) {
                since = null;
            } else if (since == null) {
                since = phase.start();
            }
        }
        return Optional.ofNullable(since);
    }

    /**
     * The times in which traffic of this experiment is leftover traffic and so wasted: at full rollout from its start;
     * retired from the propagation grace on. Whether an alert is open makes no difference. The policy in force at an
     * instant judges that instant: exempt times are left out.
     *
     * @return in order, neither touching nor overlapping
     */
    public List<Interval> leftoverIntervals(PolicyHistory policies) {
        return Leftovers.intervals(this, policies);
    }

    /**
     * The quarter-hours of an hour that lie wholly inside the {@link #leftoverIntervals}.
     *
     * @param hour a full UTC hour
     * @return a bit set; bit 0 is the first quarter-hour
     */
    public int leftoverQuarters(Instant hour, PolicyHistory policies) {
        return Leftovers.quarters(hour, leftoverIntervals(policies));
    }

    private static List<Phase> phasesOf(List<ExperimentDefinition> versions) {
        var phases = new ArrayList<Phase>();
        var wasLive = false;
        for (var i = 0; i < versions.size(); i++) {
            var version = versions.get(i);
            var end = i + 1 < versions.size() ? versions.get(i + 1).getEffectiveFrom() : null;
            if (version.getEffectiveFrom().equals(end)) {
                continue; // A higher version with the same time took its place: it was never in force.
            }
            var allocation = Allocation.of(version);
            var archived = allocation.kind() == Allocation.Kind.ARCHIVED;
            var retired = archived || (wasLive && !allocation.isLive());
            wasLive |= archived || allocation.isLive();
            phases.add(new Phase(version.getEffectiveFrom(), end, version, allocation, retired));
        }
        return List.copyOf(phases);
    }
}

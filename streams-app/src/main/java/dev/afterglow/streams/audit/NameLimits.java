package dev.afterglow.streams.audit;

import dev.afterglow.contract.EvaluationEvent;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Which names may count in one partition, by the rules on floods: so many experiments without a definition a day of
 * arrival in each project, and so many variants in each experiment that was seen within a week. Names are kept in full.
 */
final class NameLimits {

    /** What holds for a project that has said nothing, as the contract has it. */
    static final int EXPERIMENTS_PER_DAY = 1_000;

    static final int VARIANTS = 100;

    private static final int DAYS = 7;
    private static final int MOST_EXPERIMENTS = 200_000;

    private final BiPredicate<ExperimentKey, Instant> known;
    private final Set<Name> admittedToday = new HashSet<>();
    private final Map<String, Set<ExperimentKey>> unknownToday = new HashMap<>();
    private final Map<ExperimentKey, Seen> seen = new HashMap<>();
    private LocalDate today = LocalDate.MIN;

    private record Name(ExperimentKey experiment, String variant) {}

    private static final class Seen {
        private final Set<String> variants = new HashSet<>();
        private LocalDate on;
    }

    /** @param known whether an experiment had a definition when an event arrived */
    NameLimits(BiPredicate<ExperimentKey, Instant> known) {
        this.known = known;
    }

    /**
     * Whether an event counts; to be asked in the order of arrival.
     *
     * @param policy what its project says; null when it has said nothing
     */
    boolean admit(EvaluationEvent event, ProjectPolicy policy, Instant arrival) {
        passTo(arrival.atOffset(ZoneOffset.UTC).toLocalDate());
        var experiment = new ExperimentKey(event.getProject(), event.getEnvironment(), event.getExperiment());
        var name = new Name(experiment, event.getVariant());
        if (admittedToday.contains(name)) {
            return true;
        }
        int experiments = policy == null ? EXPERIMENTS_PER_DAY : policy.getUnknownExperimentsPerDay();
        int variants = policy == null ? VARIANTS : policy.getVariantsPerExperiment();
        if (!mayBegin(experiment, experiments, arrival) || !mayHave(experiment, event.getVariant(), variants)) {
            return false;
        }
        admittedToday.add(name);
        return true;
    }

    private void passTo(LocalDate day) {
        if (day.isAfter(today)) {
            today = day;
            admittedToday.clear();
            unknownToday.clear();
            seen.values().removeIf(one -> !one.on.isAfter(day.minusDays(DAYS)));
        }
    }

    private boolean mayBegin(ExperimentKey experiment, int limit, Instant arrival) {
        var unknown = unknownToday.computeIfAbsent(experiment.project(), project -> new HashSet<>());
        if (unknown.contains(experiment) || known.test(experiment, arrival)) {
            return true;
        }
        if (unknown.size() >= limit || seen.size() >= MOST_EXPERIMENTS && !seen.containsKey(experiment)) {
            return false;
        }
        return unknown.add(experiment);
    }

    private boolean mayHave(ExperimentKey experiment, String variant, int limit) {
        var before = seen.get(experiment);
        if (before != null && !before.variants.contains(variant) && before.variants.size() >= limit || limit < 1) {
            return false;
        }
        var one = seen.computeIfAbsent(experiment, first -> new Seen());
        one.variants.add(variant);
        one.on = today;
        return true;
    }
}

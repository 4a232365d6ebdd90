package dev.afterglow.alerts.cleanup;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.NextStep;
import dev.afterglow.contract.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One kind of alert: when it applies and what it says. The states it goes through are {@link Machines}. */
interface Rule {

    CleanupKind kind();

    /** Name for the evidence. */
    String name();

    /** Counts up when the rule decides differently. */
    int version();

    /** Whether a new run of the experiment begins a new story. */
    default boolean isPerRun() {
        return true;
    }

    /** Whether definitions and policy call for an alert if there is traffic. */
    Optional<Condition> condition(Situation situation);

    /**
     * Everything that has to be so for an alert to open at the full hour, in the order in which it is of interest. All of
     * them hold exactly when {@link #condition} is met, its time to open has come, and there is traffic enough.
     */
    List<Check> checks(Situation situation);

    /** Whether there is traffic enough to open an alert at the full hour, given that its condition holds. */
    default boolean isEnough(Situation situation, Condition condition) {
        return situation.impressionsLastDay(countsFrom(condition.since(), situation)) >= situation.leastToOpen(kind());
    }

    /** From when on impressions count against the experiment, given since when the condition holds. */
    Instant countsFrom(Instant since, Situation situation);

    /**
     * Why the condition, which held in the version given, does not hold any more. Null as a version means that it is
     * not known.
     */
    Resolution whyEnded(Situation situation, Phase held);

    /** Why the condition was broken off, though it holds again. */
    Resolution whyBrokenOff();

    /** The variant that belongs in the code; null when there is none. */
    String variant(Situation situation, Phase held);

    /**
     * The way to the clean-up.
     *
     * @param owner the last version of the run
     * @param variant the one of {@link #variant}
     * @param saves what it saves when its traffic ends, in a few words; null when nothing is known to be saved
     */
    default List<NextStep> nextSteps(ExperimentDefinition owner, String variant, NextSteps.Done done, String saves) {
        return NextSteps.of(owner, variant, done, saves);
    }

    /** Whether a clean-up ends the traffic that an alert of this kind is about. */
    default boolean savesMoney() {
        return true;
    }

    /** Whether what it costs makes it critical, where the policy says from when on. */
    default boolean isCriticalByCost() {
        return savesMoney();
    }

    /** One sentence for people. */
    String summary(Situation situation, Phase held, CleanupAlert.Builder alert);
}

package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.Amount;
import dev.afterglow.alerts.money.ExperimentMoney;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.RunEnding;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Writes how a run of an experiment ended, and what that saved. */
public final class Outcomes {

    private static final long QUARTERS_PER_DAY = Duration.ofDays(1).dividedBy(UtcGrid.QUARTER);

    private Outcomes() {}

    /** What may be asked about the whole life of an experiment, up to the full hour that is judged. */
    public interface Life {

        /**
         * The start of the first quarter-hour with impressions.
         *
         * @param from start, inclusive
         */
        Optional<Instant> firstTraffic(Instant from);

        /**
         * Impressions.
         *
         * @param from start, a full quarter-hour, inclusive
         * @param to end, a full quarter-hour, exclusive
         * @return 0 or more; 0 where the end is not behind the start
         */
        long impressions(Instant from, Instant to);

        /** Impressions that were billed as leftovers, as {@link #impressions}. */
        long leftovers(Instant from, Instant to);

        /** The end of the newest quarter-hour with impressions that starts before an instant. */
        Optional<Instant> lastTraffic(Instant before);
    }

    /** Impressions in so many quarter-hours; a mean of none is not known. */
    private record Rate(long impressions, long quarters) {

        Long perDay() {
            return quarters == 0
                    ? null
                    : BigInteger.valueOf(impressions)
                            .multiply(BigInteger.valueOf(QUARTERS_PER_DAY))
                            .divide(BigInteger.valueOf(quarters))
                            .longValueExact();
        }

        /** What of an amount is gone when it came at this rate, and comes at another one: never less than nothing. */
        long gone(long amount, Rate after) {
            var was = BigInteger.valueOf(impressions).multiply(BigInteger.valueOf(after.quarters));
            var is = BigInteger.valueOf(after.impressions).multiply(BigInteger.valueOf(quarters));
            return BigInteger.valueOf(amount)
                    .multiply(was.subtract(is).max(BigInteger.ZERO))
                    .divide(was)
                    .longValueExact();
        }
    }

    /** Key of the record of a run: {@code project/environment/experiment/run}, the run percent-encoded and - for none. */
    public static String key(ExperimentKey experiment, String run) {
        return experiment + "/" + (run == null ? AlertIds.NO_RUN : ExperimentKey.encode(run));
    }

    /**
     * The outcome of a run that has ended, as it is known at an instant: provisional until what was saved has been
     * measured.
     *
     * @param ending a run that has {@link RunEnding#getEndedAt() ended}
     * @param life traffic of the experiment, complete up to the full hour at or before the instant
     * @param accounts who pays for it
     * @param at not before the end
     */
    public static ExperimentOutcome of(
            RunEnding ending,
            Definitions definitions,
            Life life,
            ExperimentKey key,
            ProjectAccounts accounts,
            Instant at) {
        var hour = UtcGrid.floorHour(at);
        var phases = definitions.phases().stream()
                .filter(phase -> !phase.start().isAfter(ending.getEndedAt()))
                .filter(phase -> Objects.equals(phase.definition().getRun(), ending.getRun()))
                .toList();
        var start = phases.isEmpty()
                ? Instant.EPOCH
                : UtcGrid.ceilQuarter(phases.get(0).start());
        var first = life.firstTraffic(start);
        var outcome = ExperimentOutcome.newBuilder()
                .setProject(key.project())
                .setEnvironment(key.environment())
                .setExperiment(key.experiment())
                .setRun(ending.getRun())
                .setProvisional(!ending.getMeasured())
                .setClosedAt(ending.getEndedAt())
                .setResolution(ending.getResolution())
                .setGoal(newest(phases, ExperimentDefinition::getGoal).orElse(null))
                .setDecision(newest(phases, Outcomes::decision).orElse(Decision.NONE))
                .setWinner(newest(phases, ExperimentDefinition::getWinner).orElse(null))
                .setKeyLearning(ending.getKeyLearning())
                .setFollowUp(ending.getFollowUp())
                .setLink(ending.getLink())
                .setStartedAt(first.orElse(null))
                .setFullRolloutSince(fullSince(phases))
                .setImpressions(first.map(from -> life.impressions(from, hour)).orElse(0L))
                .setLeftoverImpressions(
                        first.map(from -> life.leftovers(from, hour)).orElse(0L));
        first.ifPresent(from -> {
            var cost = new ExperimentMoney(accounts, life::impressions).cost(from, hour);
            outcome.setCurrency(cost.map(Amount::currency).orElse(null));
            outcome.setCostMicros(cost.map(Amount::micros).orElse(null));
            outcome.setWastedMicros(new ExperimentMoney(accounts, life::leftovers)
                    .cost(from, hour)
                    .map(Amount::micros)
                    .orElse(null));
        });
        compare(outcome, ending, life, hour);
        return outcome.build();
    }

    private static void compare(ExperimentOutcome.Builder outcome, RunEnding ending, Life life, Instant hour) {
        var before = before(ending, life);
        outcome.setImpressionsPerDayBefore(before.perDay());
        if (!ending.getMeasured()) {
            return;
        }
        var from = UtcGrid.ceilHour(ending.getEndedAt());
        var to = earliest(hour, from.plus(Endings.MEASURED_FOR));
        var after = new Rate(life.impressions(from, to), quarters(from, to));
        outcome.setImpressionsPerDayAfter(after.perDay());
        if (ending.getMonthMicros() != null && before.impressions > 0 && after.quarters > 0) {
            if (outcome.getCurrency() == null) {
                outcome.setCurrency(ending.getCurrency());
            }
            outcome.setSavedMicrosPerMonth(
                    Objects.equals(outcome.getCurrency(), ending.getCurrency())
                            ? before.gone(ending.getMonthMicros(), after)
                            : null);
        }
    }

    /** In the last week with traffic: who waits for silence has had a day of it. */
    private static Rate before(RunEnding ending, Life life) {
        var ended = UtcGrid.floorHour(ending.getEndedAt());
        var end = life.lastTraffic(ended)
                .map(UtcGrid::ceilHour)
                .map(last -> earliest(last, ended))
                .orElse(ended);
        var since = UtcGrid.ceilQuarter(ending.getSince());
        var from = since.isAfter(end.minus(Endings.MEASURED_FOR)) ? since : end.minus(Endings.MEASURED_FOR);
        return new Rate(life.impressions(from, end), quarters(from, end));
    }

    /** The start of the last unbroken full rollout of the run. */
    private static Instant fullSince(List<Phase> phases) {
        Instant since = null;
        Phase before = null;
        for (var phase : phases) {
            if (phase.allocation().isFull()) {
                var goesOn = before != null && before.allocation().isFull();
                since = goesOn ? since : phase.start();
            }
            before = phase;
        }
        return since;
    }

    /** What the newest version says that says anything: who archives an experiment may not repeat what was decided. */
    private static <T> Optional<T> newest(List<Phase> phases, Function<ExperimentDefinition, T> what) {
        return phases.stream()
                .map(phase -> what.apply(phase.definition()))
                .filter(Objects::nonNull)
                .reduce((older, newer) -> newer);
    }

    private static Decision decision(ExperimentDefinition version) {
        var decision = version.getDecision();
        return decision == Decision.NONE || decision == Decision.UNKNOWN ? null : decision;
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static long quarters(Instant from, Instant to) {
        return from.isBefore(to) ? Duration.between(from, to).dividedBy(UtcGrid.QUARTER) : 0;
    }
}

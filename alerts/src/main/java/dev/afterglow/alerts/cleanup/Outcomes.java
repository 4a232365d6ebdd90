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

    private static final Duration DAY = Duration.ofDays(1);
    private static final long QUARTERS_PER_DAY = DAY.dividedBy(UtcGrid.QUARTER);

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

        /** Whether the rest of the project was heard of as usual in the day before a full hour, as {@link Traffic} has it. */
        boolean projectFlows(Instant at);
    }

    /** The part of a life that is of one run. */
    private record LifeOfRun(Life life, List<Interval> times) {

        Optional<Instant> firstTraffic(Instant before) {
            return times.stream()
                    .flatMap(time -> life
                            .firstTraffic(time.start())
                            .filter(first -> time.end() == null || first.isBefore(time.end()))
                            .stream())
                    .filter(first -> first.isBefore(before))
                    .findFirst();
        }

        long impressions(Instant from, Instant to) {
            return sum(life::impressions, from, to);
        }

        long leftovers(Instant from, Instant to) {
            return sum(life::leftovers, from, to);
        }

        private long sum(ExperimentMoney.OwnTraffic traffic, Instant from, Instant to) {
            return times.stream()
                    .mapToLong(time -> {
                        var start = time.start().isAfter(from) ? time.start() : from;
                        var end = time.end() == null ? to : earliest(time.end(), to);
                        return start.isBefore(end) ? traffic.impressions(start, end) : 0;
                    })
                    .reduce(0, Math::addExact);
        }
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

    /**
     * Whether a run has not ended while an alert is open.
     *
     * @param kind of the alert, by name
     */
    public static boolean waitFor(String kind) {
        return Endings.isOfCleanUp(kind);
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
        var phases = definitions.phases().stream()
                .filter(phase -> Objects.equals(phase.definition().getRun(), ending.getRun()))
                .toList();
        var until = earliest(UtcGrid.floorHour(at), Endings.measuredAt(ending));
        var lifeOfRun = new LifeOfRun(life, times(phases));
        var first = lifeOfRun.firstTraffic(until);
        var known = phases.stream()
                .filter(phase -> !phase.start().isAfter(ending.getEndedAt()))
                .toList();
        var outcome = ExperimentOutcome.newBuilder()
                .setProject(key.project())
                .setEnvironment(key.environment())
                .setExperiment(key.experiment())
                .setRun(ending.getRun())
                .setProvisional(!ending.getMeasured())
                .setClosedAt(ending.getEndedAt())
                .setResolution(ending.getResolution())
                .setTeam(newest(known, ExperimentDefinition::getOwnerTeam).orElse(null))
                .setCorrectedAt(ending.getCorrectedAt())
                .setGoal(newest(known, ExperimentDefinition::getGoal).orElse(null))
                .setDecision(newest(known, Outcomes::decision).orElse(Decision.NONE))
                .setWinner(newest(known, ExperimentDefinition::getWinner).orElse(null))
                .setKeyLearning(ending.getKeyLearning())
                .setFollowUp(ending.getFollowUp())
                .setLink(ending.getLink())
                .setStartedAt(first.orElse(null))
                .setFullRolloutSince(fullSince(known))
                .setImpressions(
                        first.map(from -> lifeOfRun.impressions(from, until)).orElse(0L))
                .setLeftoverImpressions(
                        first.map(from -> lifeOfRun.leftovers(from, until)).orElse(0L));
        first.ifPresent(from -> {
            var cost = new ExperimentMoney(accounts, lifeOfRun::impressions).cost(from, until);
            outcome.setCurrency(cost.map(Amount::currency).orElse(null));
            outcome.setCostMicros(cost.map(Amount::micros).orElse(null));
            outcome.setWastedMicros(new ExperimentMoney(accounts, lifeOfRun::leftovers)
                    .cost(from, until)
                    .map(Amount::micros)
                    .orElse(null));
        });
        compare(outcome, ending, life);
        return outcome.build();
    }

    /** Each quarter-hour is of the version that is in force at its start. */
    private static List<Interval> times(List<Phase> phases) {
        return phases.isEmpty()
                ? List.of(new Interval(Instant.EPOCH, null))
                : phases.stream()
                        .map(phase -> new Interval(
                                UtcGrid.ceilQuarter(phase.start()),
                                phase.end() == null ? null : UtcGrid.ceilQuarter(phase.end())))
                        .toList();
    }

    private static void compare(ExperimentOutcome.Builder outcome, RunEnding ending, Life life) {
        var before = before(ending, life);
        outcome.setImpressionsPerDayBefore(before.perDay());
        if (!ending.getMeasured()) {
            return;
        }
        var after = after(ending, life);
        outcome.setImpressionsPerDayAfter(after.perDay());
        outcome.setDaysAfter(after.quarters == 0 ? null : Math.toIntExact(after.quarters / QUARTERS_PER_DAY));
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

    /** In the days of the week after the end of which something is known: a silent project has lost its events. */
    private static Rate after(RunEnding ending, Life life) {
        var rate = new Rate(0, 0);
        var week = Endings.measuredAt(ending);
        for (var from = week.minus(Endings.MEASURED_FOR); from.isBefore(week); from = from.plus(DAY)) {
            var to = from.plus(DAY);
            if (life.projectFlows(to)) {
                rate = new Rate(
                        Math.addExact(rate.impressions, life.impressions(from, to)),
                        rate.quarters + quarters(from, to));
            }
        }
        return rate;
    }

    /** In the last week with traffic: who waits for silence has had a day of it. */
    private static Rate before(RunEnding ending, Life life) {
        var begun = ending.getBegunAt() == null ? ending.getEndedAt() : ending.getBegunAt();
        var ended = UtcGrid.floorHour(begun);
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
                var goesOn = before != null
                        && before.allocation().isFull()
                        && phase.start().equals(before.end());
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
        return from.isBefore(to) ? UtcGrid.quartersBetween(from, to) : 0;
    }
}

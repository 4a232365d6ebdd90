package dev.afterglow.streams.year;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.Resolution;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The figures of one run of an experiment of the year, added up from its history. For {@link YearOutcomes}. */
final class YearOutcomeFigures {

    private static final long QUARTER = 900_000;
    private static final long HOUR = 4 * QUARTER;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;
    private static final long FROM = SimulatedYear.FROM.toEpochMilli();

    /**
     * What a run was like when its clean-up began.
     *
     * @param since when the first state began that was told of
     * @param at when the first of its alerts ended
     * @param month what the month after would have cost
     */
    record Start(long since, long at, long month) {}

    /** When a run ended, and why. */
    record End(long at, Resolution why) {

        long measuredAt() {
            return ceil(at, HOUR) + WEEK;
        }
    }

    private final Life life;
    private final String run;
    private final List<ProjectPolicy> policies;
    private final YearTraffic project;
    private final YearTraffic all;
    private final YearTraffic own;
    private final YearTraffic leftover;
    private final YearMoney money;
    /** Those that are ever in force, by time. */
    private final List<ExperimentDefinition> versions = new ArrayList<>();

    YearOutcomeFigures(Life life, String run, List<ProjectPolicy> policies, YearTraffic project, YearMoney money) {
        this.life = life;
        this.run = run;
        this.policies = policies;
        this.project = project;
        this.money = money;
        for (var version : life.versions()) {
            versions.removeIf(other -> other.getEffectiveFrom().equals(version.getEffectiveFrom()));
            versions.add(version);
        }
        all = new YearTraffic(List.of(life));
        own = traffic(this::isOfRun);
        leftover = traffic(quarter -> isOfRun(quarter) && isLeftover(quarter));
    }

    private YearTraffic traffic(LongPredicate which) {
        return new YearTraffic(
                List.of(life),
                any -> life.traffic().entrySet().stream()
                        .filter(quarter -> which.test(quarter.getKey().toEpochMilli()))
                        .collect(Collectors.toMap(
                                entry -> entry.getKey(), entry -> entry.getValue(), Long::sum, TreeMap::new)));
    }

    List<Long> changes() {
        return versions.stream()
                .map(version -> version.getEffectiveFrom().toEpochMilli())
                .toList();
    }

    boolean isLive(long at) {
        int now = inForce(at);
        return now >= 0 && isRun(versions.get(now)) && isLive(versions.get(now));
    }

    /** Whether it is live, and was not in between. */
    boolean isOnAgain(long end, long at) {
        if (!isLive(at)) {
            return false;
        }
        for (int i = Math.max(0, inForce(end)); i <= inForce(at); i++) {
            if (!isRun(versions.get(i)) || !isLive(versions.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** As it went on up to the last hour with traffic. */
    Start start(long since, long at) {
        long end = lastHourEnd(at);
        return new Start(
                since, at, money.of(all, ceil(since, QUARTER), end, false, true).next());
    }

    ExperimentOutcome provisional(Start start, End end, long at) {
        return outcome(start, end, at - at % HOUR).setProvisional(true).build();
    }

    ExperimentOutcome measured(Start start, End end) {
        long week = end.measuredAt() - WEEK;
        long after = 0;
        int days = 0;
        for (long day = week; day < week + WEEK; day += DAY) {
            if (project.flowsWithout(all, day + DAY)) {
                days++;
                after += all.sum(day, day + DAY);
            }
        }
        var outcome = outcome(start, end, end.measuredAt()).setProvisional(false);
        if (days > 0) {
            outcome.setDaysAfter(days).setImpressionsPerDayAfter(after / days);
            long last = lastHourEnd(start.at());
            long from = Math.max(ceil(start.since(), QUARTER), last - WEEK);
            long before = all.sum(from, last);
            if (before > 0) {
                var was = BigInteger.valueOf(before).multiply(BigInteger.valueOf(days * 96L));
                var is = BigInteger.valueOf(after).multiply(BigInteger.valueOf((last - from) / QUARTER));
                outcome.setSavedMicrosPerMonth(was.subtract(is)
                        .max(BigInteger.ZERO)
                        .multiply(BigInteger.valueOf(start.month()))
                        .divide(was)
                        .longValueExact());
            }
        }
        return outcome.build();
    }

    private ExperimentOutcome.Builder outcome(Start start, End end, long until) {
        long last = lastHourEnd(start.at());
        long from = Math.max(ceil(start.since(), QUARTER), last - WEEK);
        long first = FROM;
        while (first < until && own.sum(first, first + QUARTER) == 0) {
            first += QUARTER;
        }
        var known = versions.stream()
                .filter(this::isRun)
                .filter(version -> version.getEffectiveFrom().toEpochMilli() <= end.at())
                .toList();
        return ExperimentOutcome.newBuilder()
                .setProject(life.key().project())
                .setEnvironment(life.key().environment())
                .setExperiment(life.key().experiment())
                .setRun(run)
                .setProvisional(true)
                .setClosedAt(Instant.ofEpochMilli(end.at()))
                .setResolution(end.why())
                .setTeam(
                        newest(known, version -> version.getOwnerTeam() != null).getOwnerTeam())
                .setGoal(newest(known, version -> version.getGoal() != null).getGoal())
                .setDecision(newest(known, version -> version.getDecision() != Decision.NONE)
                        .getDecision())
                .setWinner(newest(known, version -> version.getWinner() != null).getWinner())
                .setStartedAt(first < until ? Instant.ofEpochMilli(first) : null)
                .setFullRolloutSince(fullSince(end.at()))
                .setImpressions(own.sum(FROM, until))
                .setLeftoverImpressions(leftover.sum(FROM, until))
                .setCurrency("USD")
                .setCostMicros(money.cost(own, FROM, until))
                .setWastedMicros(money.cost(leftover, FROM, until))
                .setImpressionsPerDayBefore(from < last ? all.sum(from, last) * 96 / ((last - from) / QUARTER) : null);
    }

    /** Of versions of which none says it, the last one. */
    private static ExperimentDefinition newest(List<ExperimentDefinition> known, Predicate<ExperimentDefinition> says) {
        return known.stream().filter(says).reduce((older, newer) -> newer).orElse(known.get(known.size() - 1));
    }

    /** The start of the last time in which everybody was served one variant, whichever. */
    private Instant fullSince(long end) {
        Instant since = null;
        boolean was = false;
        for (var version : versions) {
            if (version.getEffectiveFrom().toEpochMilli() <= end) {
                boolean is = isRun(version) && isFull(version);
                since = is && !was ? version.getEffectiveFrom() : since;
                was = is;
            }
        }
        return since;
    }

    /** The end of the last hour with traffic before the full hour at or before a time. */
    private long lastHourEnd(long at) {
        long hour = at - at % HOUR;
        while (hour > FROM && all.sum(hour - HOUR, hour) == 0) {
            hour -= HOUR;
        }
        return hour;
    }

    private boolean isOfRun(long quarter) {
        int now = inForce(quarter);
        return now >= 0 && isRun(versions.get(now));
    }

    private boolean isRun(ExperimentDefinition version) {
        return Objects.equals(version.getRun(), run);
    }

    /** Whether all of a quarter-hour is of a time in which it was left over. */
    private boolean isLeftover(long quarter) {
        for (long at = quarter; at < quarter + QUARTER; at++) {
            if (!isLeftoverAt(at)) {
                return false;
            }
            at = nextChange(at) - 1;
        }
        return true;
    }

    private boolean isLeftoverAt(long at) {
        int now = inForce(at);
        if (now < 0) {
            return false;
        }
        var version = versions.get(now);
        var policy = policy(at);
        boolean flag = version.getKind() == ExperimentKind.FEATURE_FLAG && !policy.getIncludeFeatureFlags();
        boolean exempt = flag
                || version.getPermanent()
                || policy.getExemptExperiments().contains(version.getExperiment())
                || policy.getExemptTags().stream().anyMatch(version.getTags()::contains);
        return !exempt && (isFull(version) || (isRetired(now) && at >= graceEnd(now, policy)));
    }

    private long nextChange(long at) {
        long next = Long.MAX_VALUE;
        for (var version : versions) {
            next = later(version.getEffectiveFrom().toEpochMilli(), at, next);
        }
        for (var policy : policies) {
            next = later(policy.getEffectiveFrom().toEpochMilli(), at, next);
        }
        int now = inForce(at);
        return now >= 0 && isRetired(now) ? later(graceEnd(now, policy(at)), at, next) : next;
    }

    private static long later(long change, long at, long next) {
        return change > at ? Math.min(change, next) : next;
    }

    private long graceEnd(int now, ProjectPolicy policy) {
        int first = now;
        while (first > 0 && isRetired(first - 1)) {
            first--;
        }
        return versions.get(first).getEffectiveFrom().toEpochMilli() + policy.getPropagationGraceMinutes() * 60_000L;
    }

    private boolean isRetired(int index) {
        var version = versions.get(index);
        return !isLive(version)
                && (isArchived(version)
                        || versions.subList(0, index).stream().anyMatch(one -> isLive(one) || isArchived(one)));
    }

    private static boolean isArchived(ExperimentDefinition version) {
        return version.getState() == ExperimentState.ARCHIVED;
    }

    private static boolean isLive(ExperimentDefinition version) {
        return version.getEnabled() && version.getState() == ExperimentState.RUNNING;
    }

    private static boolean isFull(ExperimentDefinition version) {
        return isLive(version)
                && version.getRolloutPercent() >= 100
                && version.getVariants().stream()
                                .filter(variant -> variant.getWeight() > 0)
                                .count()
                        == 1;
    }

    private int inForce(long at) {
        int now = -1;
        while (now + 1 < versions.size()
                && versions.get(now + 1).getEffectiveFrom().toEpochMilli() <= at) {
            now++;
        }
        return now;
    }

    private ProjectPolicy policy(long at) {
        var inForce = policies.get(0);
        for (var policy : policies) {
            inForce = policy.getEffectiveFrom().toEpochMilli() > at ? inForce : policy;
        }
        return inForce;
    }

    private static long ceil(long at, long grain) {
        return at + Math.floorMod(-at, grain);
    }
}

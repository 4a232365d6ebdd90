package dev.afterglow.streams.year;

import static dev.afterglow.contract.CleanupKind.DECIDED_BUT_RUNNING;
import static dev.afterglow.contract.CleanupKind.LEFTOVER_ROLLOUT;
import static dev.afterglow.contract.CleanupKind.REACTIVATED;
import static dev.afterglow.contract.CleanupKind.ROLLOUT_MISMATCH;
import static dev.afterglow.contract.CleanupKind.UNKNOWN_EXPERIMENT;
import static dev.afterglow.contract.CleanupKind.ZOMBIE_TRAFFIC;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.contract.Resolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * What has to be said of an experiment in a year, found by going through all of it hour by hour, with everything known
 * from the beginning. Written after what is documented, without anything of what it judges; people do nothing in it.
 */
public final class YearOracle {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long QUARTER = HOUR / 4;

    /** What is in force in a stretch of time; before the first version, with no definition. */
    private record Stretch(long from, ExperimentDefinition is, String served, boolean retired) {

        boolean archived() {
            return is.getState() == ExperimentState.ARCHIVED;
        }

        boolean off() {
            return !archived()
                    && (!is.getEnabled()
                            || is.getState() == ExperimentState.DRAFT
                            || is.getState() == ExperimentState.INACTIVE);
        }

        boolean live() {
            return !archived() && !off();
        }

        boolean full() {
            return live() && served != null;
        }

        boolean splitBetweenSeveral() {
            return live()
                    && served == null
                    && is.getVariants().stream()
                                    .filter(variant -> variant.getWeight() > 0)
                                    .count()
                            > 1;
        }

        boolean asksForTheSameAs(Stretch other) {
            return full()
                    ? other.full() && served.equals(other.served)
                    : splitBetweenSeveral() && other.splitBetweenSeveral();
        }

        boolean decidedSplit() {
            return live() && served == null && is.getDecision() != Decision.NONE;
        }
    }

    private record Wish(long since, long opens, long escalates, long countsFrom, boolean plain) {

        Wish(long since, long opens, long escalates, long countsFrom) {
            this(since, opens, escalates, countsFrom, true);
        }
    }

    private static final class Alarm {
        private int episode;
        private AlertStatus status;
        private long openedAt;
        private long since;
    }

    private final Life life;
    private final List<ProjectPolicy> policies;
    private final YearTraffic project;
    private final YearTraffic own;
    private final YearTraffic blue;
    private final YearMoney money;
    private final List<Stretch> stretches = new ArrayList<>();
    private final Map<CleanupKind, Map<String, Alarm>> alarms = new EnumMap<>(CleanupKind.class);
    private final List<Told> told = new ArrayList<>();

    private YearOracle(Life life, List<ProjectPolicy> policies, YearTraffic project, YearMoney money) {
        this.life = life;
        this.policies = policies;
        this.project = project;
        this.money = money;
        this.own = new YearTraffic(List.of(life));
        this.blue = new YearTraffic(List.of(life), Life::blue);
        boolean wasLive = false;
        for (int i = 0; i < life.versions().size(); i++) {
            var version = life.versions().get(i);
            boolean replaced = i + 1 < life.versions().size()
                    && life.versions().get(i + 1).getEffectiveFrom().equals(version.getEffectiveFrom());
            if (!replaced) {
                var shape = new Stretch(millis(version.getEffectiveFrom()), version, served(version), false);
                boolean retired = shape.archived() || (wasLive && shape.off());
                wasLive |= !shape.off();
                stretches.add(new Stretch(shape.from, version, shape.served, retired));
            }
        }
    }

    /** The messages about all experiments, in order. */
    public static List<Told> expected(SimulatedYear year) {
        var project = new YearTraffic(year.lives);
        var money = new YearMoney(year.plans(), project);
        var told = new ArrayList<Told>();
        year.lives.forEach(life -> told.addAll(new YearOracle(life, year.policies, project, money).live()));
        told.sort(null);
        return told;
    }

    private List<Told> live() {
        var moments = new TreeSet<Long>();
        for (long hour = millis(SimulatedYear.FROM); hour <= millis(SimulatedYear.TO); hour += HOUR) {
            moments.add(hour);
        }
        stretches.forEach(stretch -> moments.add(stretch.from));
        moments.forEach(this::judge);
        return told;
    }

    private void judge(long at) {
        int now = -1;
        while (now + 1 < stretches.size() && stretches.get(now + 1).from <= at) {
            now++;
        }
        if (now < 0) {
            advance(UNKNOWN_EXPERIMENT, null, unknown(at), at, null);
            return;
        }
        var run = stretches.get(now).is.getRun();
        for (var kind : List.of(LEFTOVER_ROLLOUT, DECIDED_BUT_RUNNING, ZOMBIE_TRAFFIC, REACTIVATED, ROLLOUT_MISMATCH)) {
            for (var other : List.copyOf(of(kind).keySet())) {
                if (!other.equals(run)) {
                    resolve(kind, other, of(kind).get(other), at, Resolution.NEW_RUN);
                }
            }
            advance(kind, run, wish(kind, now, at), at, stretches.get(now));
        }
        advance(UNKNOWN_EXPERIMENT, null, null, at, stretches.get(now));
    }

    private void advance(CleanupKind kind, String run, Wish wish, long at, Stretch now) {
        var alarm = of(kind).computeIfAbsent(run, first -> new Alarm());
        boolean hour = at % HOUR == 0;
        if (alarm.status != null) {
            if (wish == null) {
                resolve(kind, run, alarm, at, ended(kind, alarm, now, at));
            } else if (wish.since > alarm.since) {
                resolve(kind, run, alarm, at, brokenOff(kind));
            } else {
                alarm.since = wish.since;
                if (hour && sum(at - DAY, at) == 0) {
                    if (project.flowsWithout(own, at)) {
                        resolve(kind, run, alarm, at, Resolution.TRAFFIC_STOPPED);
                    }
                } else if (hour
                        && alarm.status == AlertStatus.OPEN
                        && (at >= wish.escalates || (sum(at - HOUR, at) > 0 && isTooDear(kind, wish, at)))) {
                    alarm.status = AlertStatus.ESCALATED;
                    tell(kind, run, alarm, at, AlertStatus.ESCALATED, null);
                }
            }
        }
        if (alarm.status == null && wish != null && hour && at >= wish.opens) {
            long seen = sum(Math.max(at - DAY, ceil(wish.countsFrom, QUARTER)), at);
            long first = Math.max(1, policy(at).getMinimumImpressions());
            if (wish.plain && seen >= (alarm.episode == 0 ? first : first + 15)) {
                alarm.episode++;
                alarm.openedAt = at;
                alarm.since = wish.since;
                alarm.status =
                        at >= wish.escalates || isTooDear(kind, wish, at) ? AlertStatus.ESCALATED : AlertStatus.OPEN;
                tell(kind, run, alarm, at, alarm.status, null);
            }
        }
    }

    private boolean isTooDear(CleanupKind kind, Wish wish, long at) {
        return kind != REACTIVATED
                && kind != ROLLOUT_MISMATCH
                && money.cost(own, ceil(wish.countsFrom, QUARTER), at)
                        >= policy(at).getCriticalCostMicros();
    }

    private long countsFrom(CleanupKind kind, long since, long at) {
        long grace = policy(at).getPropagationGraceMinutes() * 60_000L;
        return switch (kind) {
            case UNKNOWN_EXPERIMENT -> since + DAY;
            case ZOMBIE_TRAFFIC, ROLLOUT_MISMATCH -> since + grace;
            default -> since;
        };
    }

    private Wish wish(CleanupKind kind, int now, long at) {
        var is = stretches.get(now);
        var policy = policy(at);
        if (exempt(is, policy)) {
            return null;
        }
        long warn = policy.getWarnAfterDays() * DAY;
        long critical = policy.getCriticalAfterDays() * DAY;
        if (kind == LEFTOVER_ROLLOUT && is.full()) {
            long since = back(now, (one, other) -> one.full() && one.served.equals(other.served));
            return new Wish(since, ceil(since + warn, HOUR), ceil(since + critical, HOUR), since);
        }
        if (kind == DECIDED_BUT_RUNNING && is.decidedSplit()) {
            long since = back(
                    now,
                    (one, other) -> one.decidedSplit()
                            && one.is.getDecision() == other.is.getDecision()
                            && Objects.equals(one.is.getWinner(), other.is.getWinner()));
            return new Wish(since, ceil(since + warn, HOUR), ceil(since + critical, HOUR), since);
        }
        if (kind == ZOMBIE_TRAFFIC && is.retired) {
            long since = back(now, (one, other) -> one.retired);
            long grace = policy.getPropagationGraceMinutes() * 60_000L;
            return new Wish(since, since, ceil(since + critical, HOUR), since + grace);
        }
        if (kind == REACTIVATED && is.live()) {
            long since = back(now, (one, other) -> one.live());
            long accepted = ceil(since + Math.max(DAY, critical), HOUR);
            return wasArchivedBefore(since, is) && at - at % HOUR < accepted
                    ? new Wish(since, since, accepted, since)
                    : null;
        }
        return kind == ROLLOUT_MISMATCH ? mismatch(now, at) : null;
    }

    /** By the 24 hours that end with the newest one in which there was traffic. */
    private Wish mismatch(int now, long at) {
        var is = stretches.get(now);
        var before = life.traffic().headMap(Instant.ofEpochMilli(at - at % HOUR));
        if (!(is.full() || is.splitBetweenSeveral()) || before.isEmpty()) {
            return null;
        }
        var policy = policy(at);
        long since = back(now, Stretch::asksForTheSameAs);
        long spread = since + policy.getPropagationGraceMinutes() * 60_000L;
        long end = ceil(millis(before.lastKey()) + QUARTER, HOUR);
        long from = Math.max(ceil(spread, QUARTER), end - DAY);
        long all = sum(from, end);
        long ofBlue = blue.sum(from, end);
        long opens = ceil(spread + DAY, HOUR);
        long escalates = Math.max(opens, ceil(since + policy.getCriticalAfterDays() * DAY, HOUR));
        if (is.full()) {
            long others = is.served.equals("blue") ? all - ofBlue : ofBlue;
            return others == 0 ? null : new Wish(since, opens, escalates, spread, all >= 1_000 && others * 100 >= all);
        }
        long others = Math.min(ofBlue, all - ofBlue);
        boolean plain = all >= 1_000 && others == 0 && all * is.is.getRolloutPercent() / 100 / 2 >= 100;
        return all == 0 || others >= 10 ? null : new Wish(since, opens, escalates, spread, plain);
    }

    private boolean wasArchivedBefore(long since, Stretch now) {
        Stretch last = null;
        for (var stretch : stretches) {
            if (stretch.from < since && isOfRun(stretch, now) && !stretch.off()) {
                last = stretch;
            }
        }
        return last != null && last.archived();
    }

    /** The start of the newest stretch of traffic, which a day without any ends. */
    private Wish unknown(long at) {
        if (policy(at).getExemptExperiments().contains(life.key().experiment())) {
            return null;
        }
        long start = -1;
        long last = -1;
        for (var quarter : life.traffic().keySet()) {
            long begins = millis(quarter);
            if (begins < at - at % HOUR) {
                start = start < 0 || begins - last >= DAY ? begins : start;
                last = begins + QUARTER;
            }
        }
        if (start < 0) {
            return null;
        }
        long opens = ceil(start + DAY, HOUR);
        long escalates = ceil(start + policy(at).getCriticalAfterDays() * DAY, HOUR);
        return new Wish(start, opens, Math.max(opens, escalates), start + DAY);
    }

    private long back(int now, BiPredicate<Stretch, Stretch> alike) {
        int first = now;
        while (first > 0
                && isOfRun(stretches.get(first - 1), stretches.get(now))
                && alike.test(stretches.get(first - 1), stretches.get(now))) {
            first--;
        }
        return stretches.get(first).from;
    }

    private Resolution ended(CleanupKind kind, Alarm alarm, Stretch now, long at) {
        if (kind == UNKNOWN_EXPERIMENT) {
            return now == null ? Resolution.EXEMPTED : Resolution.DEFINED;
        }
        if (kind == ZOMBIE_TRAFFIC) {
            return now.retired ? exempted(alarm, now, at) : Resolution.REACTIVATED;
        }
        if (!now.live()) {
            return now.archived() ? Resolution.ARCHIVED : Resolution.DEACTIVATED;
        }
        boolean exempt = exempt(now, policy(at));
        return switch (kind) {
            case LEFTOVER_ROLLOUT -> exempt ? exempted(alarm, now, at) : Resolution.ALLOCATION_CHANGED;
            case ROLLOUT_MISMATCH -> {
                boolean same = now.asksForTheSameAs(at(alarm.since));
                yield exempt ? exempted(alarm, now, at) : same ? Resolution.AGREED : Resolution.ALLOCATION_CHANGED;
            }
            case DECIDED_BUT_RUNNING ->
                now.full() ? Resolution.ALLOCATION_CHANGED : exempt ? exempted(alarm, now, at) : Resolution.SUPERSEDED;
            default -> exempt ? exempted(alarm, now, at) : Resolution.PERIOD_ENDED;
        };
    }

    private Resolution exempted(Alarm alarm, Stretch now, long at) {
        if (byRule(now, policy(at))) {
            return Resolution.EXEMPTED;
        }
        var held = at(alarm.since);
        return held != null && isFlag(held) ? Resolution.EXEMPTED : Resolution.CONVERTED_TO_FLAG;
    }

    private Stretch at(long time) {
        Stretch at = null;
        for (var stretch : stretches) {
            at = stretch.from <= time ? stretch : at;
        }
        return at;
    }

    private static Resolution brokenOff(CleanupKind kind) {
        return switch (kind) {
            case LEFTOVER_ROLLOUT, ROLLOUT_MISMATCH -> Resolution.ALLOCATION_CHANGED;
            case DECIDED_BUT_RUNNING -> Resolution.SUPERSEDED;
            case ZOMBIE_TRAFFIC -> Resolution.REACTIVATED;
            case REACTIVATED -> Resolution.ARCHIVED;
            default -> Resolution.TRAFFIC_STOPPED;
        };
    }

    private static boolean exempt(Stretch now, ProjectPolicy policy) {
        return byRule(now, policy) || (isFlag(now) && !policy.getIncludeFeatureFlags());
    }

    private static boolean byRule(Stretch now, ProjectPolicy policy) {
        return now.is.getPermanent()
                || policy.getExemptExperiments().contains(now.is.getExperiment())
                || policy.getExemptTags().stream().anyMatch(now.is.getTags()::contains);
    }

    private static boolean isFlag(Stretch stretch) {
        return stretch.is.getKind() == ExperimentKind.FEATURE_FLAG;
    }

    private static boolean isOfRun(Stretch one, Stretch other) {
        return Objects.equals(one.is.getRun(), other.is.getRun());
    }

    private static String served(ExperimentDefinition version) {
        var served = version.getVariants().stream()
                .filter(variant -> variant.getWeight() > 0)
                .toList();
        return served.size() == 1 && version.getRolloutPercent() >= 100
                ? served.get(0).getVariant()
                : null;
    }

    private void resolve(CleanupKind kind, String run, Alarm alarm, long at, Resolution resolution) {
        if (alarm.status != null) {
            alarm.status = null;
            tell(kind, run, alarm, at, AlertStatus.RESOLVED, resolution);
        }
    }

    private void tell(CleanupKind kind, String run, Alarm alarm, long at, AlertStatus status, Resolution resolution) {
        told.add(new Told(
                Instant.ofEpochMilli(at),
                life.key().experiment(),
                kind,
                run,
                alarm.episode,
                status,
                resolution,
                Instant.ofEpochMilli(alarm.openedAt),
                Instant.ofEpochMilli(alarm.since),
                money.of(
                        own,
                        ceil(countsFrom(kind, alarm.since, at), QUARTER),
                        at - at % HOUR,
                        status == AlertStatus.RESOLVED,
                        kind != ROLLOUT_MISMATCH)));
    }

    private Map<String, Alarm> of(CleanupKind kind) {
        return alarms.computeIfAbsent(kind, first -> new HashMap<>());
    }

    private ProjectPolicy policy(long at) {
        var hour = Instant.ofEpochMilli(at - at % HOUR);
        var inForce = policies.get(0);
        for (var policy : policies) {
            inForce = policy.getEffectiveFrom().isAfter(hour) ? inForce : policy;
        }
        return inForce;
    }

    private long sum(long from, long to) {
        return own.sum(from, to);
    }

    private static long millis(Instant instant) {
        return instant.toEpochMilli();
    }

    private static long ceil(long at, long grain) {
        return at + Math.floorMod(-at, grain);
    }
}

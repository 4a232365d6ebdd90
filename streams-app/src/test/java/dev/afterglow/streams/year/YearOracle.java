package dev.afterglow.streams.year;

import static dev.afterglow.contract.CleanupKind.DECIDED_BUT_RUNNING;
import static dev.afterglow.contract.CleanupKind.LEFTOVER_ROLLOUT;
import static dev.afterglow.contract.CleanupKind.REACTIVATED;
import static dev.afterglow.contract.CleanupKind.ROLLOUT_MISMATCH;
import static dev.afterglow.contract.CleanupKind.UNKNOWN_EXPERIMENT;
import static dev.afterglow.contract.CleanupKind.ZOMBIE_TRAFFIC;
import static dev.afterglow.streams.year.YearTime.DAY;
import static dev.afterglow.streams.year.YearTime.HOUR;
import static dev.afterglow.streams.year.YearTime.QUARTER;
import static dev.afterglow.streams.year.YearTime.ceil;
import static dev.afterglow.streams.year.YearTime.hourOf;
import static dev.afterglow.streams.year.YearTime.millis;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.streams.year.YearWishes.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What has to be said of an experiment in a year, found by going through all of it hour by hour, with everything known
 * from the beginning. Written after what is documented, without anything of what it judges; people do nothing in it.
 */
public final class YearOracle {

    private static final class Alarm {
        private int episode;
        private AlertStatus status;
        private long openedAt;
        private long since;
    }

    private final Life life;
    private final YearPolicies policies;
    private final YearTraffic project;
    private final YearTraffic own;
    private final YearMoney money;
    private final List<YearStretch> stretches;
    private final YearWishes wishes;
    private final Map<CleanupKind, Map<String, Alarm>> alarms = new EnumMap<>(CleanupKind.class);
    private final List<Told> told = new ArrayList<>();

    private YearOracle(Life life, YearPolicies policies, YearTraffic project, YearMoney money) {
        this.life = life;
        this.policies = policies;
        this.project = project;
        this.money = money;
        own = new YearTraffic(List.of(life));
        stretches = YearStretch.of(life);
        wishes = new YearWishes(life, stretches, policies, own);
    }

    /** The messages about all experiments, in order. */
    public static List<Told> expected(SimulatedYear year) {
        var project = new YearTraffic(year.lives);
        var money = new YearMoney(year.plans(), project);
        var policies = new YearPolicies(year.policies);
        var told = new ArrayList<Told>();
        year.lives.forEach(life -> told.addAll(new YearOracle(life, policies, project, money).live()));
        told.sort(null);
        return told;
    }

    private List<Told> live() {
        var moments = new TreeSet<Long>();
        for (long hour = millis(SimulatedYear.FROM); hour <= millis(SimulatedYear.TO); hour += HOUR) {
            moments.add(hour);
        }
        stretches.forEach(stretch -> moments.add(stretch.from()));
        moments.forEach(this::judge);
        return told;
    }

    private void judge(long at) {
        int now = -1;
        while (now + 1 < stretches.size() && stretches.get(now + 1).from() <= at) {
            now++;
        }
        if (now < 0) {
            advance(UNKNOWN_EXPERIMENT, null, wishes.byNone(at), at, null);
            return;
        }
        var run = stretches.get(now).is().getRun();
        for (var kind : List.of(LEFTOVER_ROLLOUT, DECIDED_BUT_RUNNING, ZOMBIE_TRAFFIC, REACTIVATED, ROLLOUT_MISMATCH)) {
            for (var other : List.copyOf(of(kind).keySet())) {
                if (!other.equals(run)) {
                    resolve(kind, other, of(kind).get(other), at, Resolution.NEW_RUN);
                }
            }
            advance(kind, run, wishes.by(kind, now, at), at, stretches.get(now));
        }
        advance(UNKNOWN_EXPERIMENT, null, null, at, stretches.get(now));
    }

    private void advance(CleanupKind kind, String run, Wish wish, long at, YearStretch now) {
        var alarm = of(kind).computeIfAbsent(run, first -> new Alarm());
        boolean hour = at % HOUR == 0;
        if (alarm.status != null) {
            if (wish == null) {
                resolve(kind, run, alarm, at, ended(kind, alarm, now, at));
            } else if (wish.since() > alarm.since) {
                resolve(kind, run, alarm, at, brokenOff(kind));
            } else {
                alarm.since = wish.since();
                if (hour && sum(at - DAY, at) == 0) {
                    if (project.flowsWithout(own, at)) {
                        resolve(kind, run, alarm, at, Resolution.TRAFFIC_STOPPED);
                    }
                } else if (hour
                        && alarm.status == AlertStatus.OPEN
                        && (at >= wish.escalates() || (sum(at - HOUR, at) > 0 && isTooDear(kind, wish, at)))) {
                    alarm.status = AlertStatus.ESCALATED;
                    tell(kind, run, alarm, at, AlertStatus.ESCALATED, null);
                }
            }
        }
        if (alarm.status == null && wish != null && hour && at >= wish.opens()) {
            long seen = sum(Math.max(at - DAY, ceil(wish.countsFrom(), QUARTER)), at);
            long first = Math.max(1, policies.at(at).getMinimumImpressions());
            if (wish.plain() && seen >= (alarm.episode == 0 ? first : first + 15)) {
                alarm.episode++;
                alarm.openedAt = at;
                alarm.since = wish.since();
                alarm.status =
                        at >= wish.escalates() || isTooDear(kind, wish, at) ? AlertStatus.ESCALATED : AlertStatus.OPEN;
                tell(kind, run, alarm, at, alarm.status, null);
            }
        }
    }

    private boolean isTooDear(CleanupKind kind, Wish wish, long at) {
        return kind != REACTIVATED
                && kind != ROLLOUT_MISMATCH
                && money.cost(own, ceil(wish.countsFrom(), QUARTER), at)
                        >= policies.at(at).getCriticalCostMicros();
    }

    private long countsFrom(CleanupKind kind, long since, long at) {
        return switch (kind) {
            case UNKNOWN_EXPERIMENT -> since + DAY;
            case ZOMBIE_TRAFFIC, ROLLOUT_MISMATCH -> since + policies.grace(at);
            default -> since;
        };
    }

    private Resolution ended(CleanupKind kind, Alarm alarm, YearStretch now, long at) {
        if (kind == UNKNOWN_EXPERIMENT) {
            return now == null ? Resolution.EXEMPTED : Resolution.DEFINED;
        }
        if (kind == ZOMBIE_TRAFFIC) {
            return now.retired() ? exempted(alarm, now, at) : Resolution.REACTIVATED;
        }
        if (!now.live()) {
            return now.archived() ? Resolution.ARCHIVED : Resolution.DEACTIVATED;
        }
        boolean exempt = now.isExempt(policies.at(at));
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

    private Resolution exempted(Alarm alarm, YearStretch now, long at) {
        if (now.isExemptByRule(policies.at(at))) {
            return Resolution.EXEMPTED;
        }
        var held = at(alarm.since);
        return held != null && held.isFlag() ? Resolution.EXEMPTED : Resolution.CONVERTED_TO_FLAG;
    }

    private YearStretch at(long time) {
        YearStretch at = null;
        for (var stretch : stretches) {
            at = stretch.from() <= time ? stretch : at;
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
                        hourOf(at),
                        status == AlertStatus.RESOLVED,
                        kind != ROLLOUT_MISMATCH)));
    }

    private Map<String, Alarm> of(CleanupKind kind) {
        return alarms.computeIfAbsent(kind, first -> new HashMap<>());
    }

    private long sum(long from, long to) {
        return own.sum(from, to);
    }
}

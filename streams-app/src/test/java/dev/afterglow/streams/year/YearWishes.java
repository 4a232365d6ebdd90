package dev.afterglow.streams.year;

import static dev.afterglow.contract.CleanupKind.DECIDED_BUT_RUNNING;
import static dev.afterglow.contract.CleanupKind.LEFTOVER_ROLLOUT;
import static dev.afterglow.contract.CleanupKind.REACTIVATED;
import static dev.afterglow.contract.CleanupKind.ROLLOUT_MISMATCH;
import static dev.afterglow.contract.CleanupKind.ZOMBIE_TRAFFIC;
import static dev.afterglow.streams.year.YearTime.DAY;
import static dev.afterglow.streams.year.YearTime.HOUR;
import static dev.afterglow.streams.year.YearTime.QUARTER;
import static dev.afterglow.streams.year.YearTime.ceil;
import static dev.afterglow.streams.year.YearTime.hourOf;
import static dev.afterglow.streams.year.YearTime.millis;

import dev.afterglow.contract.CleanupKind;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * What there is to say of an experiment at any time in a year, whether or not it has been said. For {@link YearOracle};
 * without anything of what it judges.
 */
final class YearWishes {

    /**
     * What an alert would be open for.
     *
     * @param since when it began
     * @param opens from when on it may be told
     * @param escalates from when on it is critical
     * @param countsFrom from when on impressions count
     * @param plain whether it shows well enough to be told of anew
     */
    record Wish(long since, long opens, long escalates, long countsFrom, boolean plain) {

        Wish(long since, long opens, long escalates, long countsFrom) {
            this(since, opens, escalates, countsFrom, true);
        }
    }

    private final Life life;
    private final List<YearStretch> stretches;
    private final YearPolicies policies;
    private final YearTraffic own;
    private final YearTraffic blue;

    YearWishes(Life life, List<YearStretch> stretches, YearPolicies policies, YearTraffic own) {
        this.life = life;
        this.stretches = stretches;
        this.policies = policies;
        this.own = own;
        this.blue = new YearTraffic(List.of(life), Life::blue);
    }

    /** What an alert of a kind would be open for, by what is in force; null when by nothing. */
    Wish by(CleanupKind kind, int now, long at) {
        var is = stretches.get(now);
        var policy = policies.at(at);
        if (is.isExempt(policy)) {
            return null;
        }
        long warn = policy.getWarnAfterDays() * DAY;
        long critical = policy.getCriticalAfterDays() * DAY;
        if (kind == LEFTOVER_ROLLOUT && is.full()) {
            long since = back(now, YearStretch::servesTheSameAs);
            return new Wish(since, ceil(since + warn, HOUR), ceil(since + critical, HOUR), since);
        }
        if (kind == DECIDED_BUT_RUNNING && is.decidedSplit()) {
            long since = back(now, YearStretch::isDecidedAs);
            return new Wish(since, ceil(since + warn, HOUR), ceil(since + critical, HOUR), since);
        }
        if (kind == ZOMBIE_TRAFFIC && is.retired()) {
            long since = back(now, (one, other) -> one.retired());
            return new Wish(since, since, ceil(since + critical, HOUR), since + policies.grace(at));
        }
        if (kind == REACTIVATED && is.live()) {
            long since = back(now, (one, other) -> one.live());
            long accepted = ceil(since + Math.max(DAY, critical), HOUR);
            return wasArchivedBefore(since, is) && hourOf(at) < accepted
                    ? new Wish(since, since, accepted, since)
                    : null;
        }
        return kind == ROLLOUT_MISMATCH ? mismatch(now, at) : null;
    }

    /** By the 24 hours that end with the newest one in which there was traffic. */
    private Wish mismatch(int now, long at) {
        var is = stretches.get(now);
        var before = life.traffic().headMap(Instant.ofEpochMilli(hourOf(at)));
        if (!(is.full() || is.splitBetweenSeveral()) || before.isEmpty()) {
            return null;
        }
        var policy = policies.at(at);
        long since = back(now, YearStretch::asksForTheSameAs);
        long spread = since + policies.grace(at);
        long end = ceil(millis(before.lastKey()) + QUARTER, HOUR);
        long from = Math.max(ceil(spread, QUARTER), end - DAY);
        long all = own.sum(from, end);
        long ofBlue = blue.sum(from, end);
        long opens = ceil(spread + DAY, HOUR);
        long escalates = Math.max(opens, ceil(since + policy.getCriticalAfterDays() * DAY, HOUR));
        if (is.full()) {
            long others = is.served().equals("blue") ? all - ofBlue : ofBlue;
            return others == 0 ? null : new Wish(since, opens, escalates, spread, all >= 1_000 && others * 100 >= all);
        }
        long others = Math.min(ofBlue, all - ofBlue);
        boolean plain = all >= 1_000 && others == 0 && all * is.is().getRolloutPercent() / 100 / 2 >= 100;
        return all == 0 || others >= 10 ? null : new Wish(since, opens, escalates, spread, plain);
    }

    private boolean wasArchivedBefore(long since, YearStretch now) {
        YearStretch last = null;
        for (var stretch : stretches) {
            if (stretch.from() < since && stretch.isOfRunOf(now) && !stretch.off()) {
                last = stretch;
            }
        }
        return last != null && last.archived();
    }

    /** Without a definition: the start of the newest stretch of traffic, which a day without any ends. */
    Wish byNone(long at) {
        if (policies.at(at).getExemptExperiments().contains(life.key().experiment())) {
            return null;
        }
        long start = -1;
        long last = -1;
        for (var quarter : life.traffic().keySet()) {
            long begins = millis(quarter);
            if (begins < hourOf(at)) {
                start = start < 0 || begins - last >= DAY ? begins : start;
                last = begins + QUARTER;
            }
        }
        if (start < 0) {
            return null;
        }
        long opens = ceil(start + DAY, HOUR);
        long escalates = ceil(start + policies.at(at).getCriticalAfterDays() * DAY, HOUR);
        return new Wish(start, opens, Math.max(opens, escalates), start + DAY);
    }

    private long back(int now, BiPredicate<YearStretch, YearStretch> alike) {
        int first = now;
        while (first > 0
                && stretches.get(first - 1).isOfRunOf(stretches.get(now))
                && alike.test(stretches.get(first - 1), stretches.get(now))) {
            first--;
        }
        return stretches.get(first).from();
    }
}

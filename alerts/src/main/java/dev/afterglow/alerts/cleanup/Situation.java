package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.ExperimentMoney;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * All that a rule may look at.
 *
 * @param key the experiment
 * @param definitions its history
 * @param phase the version in force
 * @param policy the policy in force at the full hour
 * @param traffic its traffic
 * @param told kinds, by name, of which an alert was told in this run
 * @param at the instant that is judged
 */
record Situation(
        ExperimentKey key,
        Definitions definitions,
        Phase phase,
        ProjectPolicy policy,
        Traffic traffic,
        Set<String> told,
        Instant at) {

    static final Duration DAY = Duration.ofDays(1);

    /** Than for the first alert: chance alone takes few impressions a day from none to some, but not from none to so many. */
    private static final long MORE_TO_OPEN_AGAIN = 15;

    /** Up to when traffic is looked at: that of a broken hour is not complete, and would differ on a replay. */
    Instant hour() {
        return UtcGrid.floorHour(at);
    }

    /** Whether what rests on traffic, age or policy may be decided now. */
    boolean isHour() {
        return UtcGrid.isHour(at);
    }

    String run() {
        return phase.definition().getRun();
    }

    /** Impressions from a time on, and from 24 h ago on where that is later. */
    long impressionsLastDay(Instant from) {
        var dayAgo = hour().minus(DAY);
        return impressionsSince(from.isAfter(dayAgo) ? from : dayAgo);
    }

    /** Impressions in the trailing 24 h from which an alert of a kind opens. */
    long leastToOpen(CleanupKind kind) {
        var first = Math.max(1, policy.getMinimumImpressions());
        return told.contains(kind.name()) ? Math.max(first, first + MORE_TO_OPEN_AGAIN) : first;
    }

    /** Impressions in the quarter-hours wholly after a time. */
    long impressionsSince(Instant from) {
        var start = start(from);
        return start.isBefore(hour()) ? traffic.impressions(start, hour()) : 0;
    }

    /** The first quarter-hour wholly after a time. */
    Instant start(Instant from) {
        return UtcGrid.ceilQuarter(from);
    }

    /** What its impressions cost. */
    ExperimentMoney money() {
        return new ExperimentMoney(traffic.accounts(), traffic);
    }

    /** Whether nothing at all was consumed in the trailing 24 h. */
    boolean isSilent() {
        return impressionsSince(hour().minus(DAY)) == 0;
    }
}

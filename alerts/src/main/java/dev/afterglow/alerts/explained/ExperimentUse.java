package dev.afterglow.alerts.explained;

import dev.afterglow.alerts.money.SwitchOff;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.Optional;

/**
 * What one experiment used up to an alert.
 *
 * @param experiment the experiment
 * @param identity its text, by which equals are ordered
 * @param team team that owns it; null when that is not known
 * @param impressions impressions of the period
 * @param priced those of them that have a price
 * @param newest impressions of the last 7 full days
 * @param before impressions of the 7 full days before
 * @param lastWeek impressions of the last 7 days, to the quarter-hour
 * @param leftover what is switched off with it when it is a leftover; empty when it is none
 */
public record ExperimentUse(
        ExperimentKey experiment,
        String identity,
        String team,
        long impressions,
        long priced,
        long newest,
        long before,
        long lastWeek,
        Optional<SwitchOff.Stopped> leftover) {

    /** How many impressions more it had in the last 7 full days than in those before. */
    long growth() {
        return newest - before;
    }

    boolean isLeftover() {
        return leftover.isPresent();
    }
}

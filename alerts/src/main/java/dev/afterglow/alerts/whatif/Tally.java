package dev.afterglow.alerts.whatif;

import java.util.Collection;

/**
 * How much some alerts are.
 *
 * @param alerts how many opened
 * @param messages how many were sent
 * @param pages how often one became critical
 * @param open how many are open at the end of the history
 * @param critical how many of these are critical, or were before they were snoozed
 */
public record Tally(long alerts, long messages, long pages, long open, long critical) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    static Tally of(Collection<Episode> episodes) {
        return episodes.stream().map(Tally::of).reduce(NONE, Tally::plus);
    }

    private static Tally of(Episode episode) {
        boolean critical = episode.stillOpen() && episode.criticalAt() != null;
        return new Tally(1, episode.messages(), episode.pages(), episode.stillOpen() ? 1 : 0, critical ? 1 : 0);
    }

    Tally plus(Tally other) {
        return new Tally(
                alerts + other.alerts,
                messages + other.messages,
                pages + other.pages,
                open + other.open,
                critical + other.critical);
    }

    /**
     * Two of them, side by side.
     *
     * @param inForce under the policies in force
     * @param changed under the changed policy
     */
    public record Pair(Tally inForce, Tally changed) {

        static final Pair NONE = new Pair(Tally.NONE, Tally.NONE);

        Pair plus(Pair other) {
            return new Pair(inForce.plus(other.inForce), changed.plus(other.changed));
        }
    }
}

package dev.afterglow.alerts.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/** Whether a project sends events as usual, so that the silence of one of its experiments means something. */
public final class ProjectFlow {

    private static final Duration RECENT = Duration.ofDays(1);
    private static final Duration USUAL = Duration.ofDays(7);

    /** A fifth of the usual rate is enough: design, section 6. */
    private static final long FLOWS_FROM = 5;

    private ProjectFlow() {}

    /** The traffic of a whole project and environment. */
    @FunctionalInterface
    public interface Hours {

        /** Impressions by the start of the UTC hour, from one to before another; hours without any may be left out. */
        SortedMap<Instant, Long> between(Instant from, Instant to);
    }

    /**
     * Whether the other traffic of a project in the last 24 hours runs at a fifth of its usual rate or more: that of the
     * seven days before, or of as many of them as there were.
     *
     * @param project its traffic
     * @param own the part of it that is left out
     * @param at a full UTC hour
     */
    public static boolean runs(Hours project, Consumption own, Instant at) {
        var recentFrom = at.minus(RECENT);
        var usualFrom = recentFrom.minus(USUAL);
        long recent = sum(project.between(recentFrom, at)) - own.impressions(recentFrom, at);
        var usualHours = project.between(usualFrom, recentFrom);
        if (usualHours.isEmpty()) {
            return recent > 0;
        }
        long usual = sum(usualHours) - own.impressions(usualFrom, recentFrom);
        long hours =
                Math.max(1, Duration.between(usualHours.firstKey(), recentFrom).toHours());
        // recent a day >= usual a day / 5, without dividing.
        return recent > 0
                && Math.multiplyExact(Math.multiplyExact(recent, hours), FLOWS_FROM)
                        >= Math.multiplyExact(usual, RECENT.toHours());
    }

    private static long sum(SortedMap<Instant, Long> hours) {
        return hours.values().stream().reduce(0L, Math::addExact);
    }
}

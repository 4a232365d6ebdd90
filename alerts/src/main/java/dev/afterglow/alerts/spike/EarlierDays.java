package dev.afterglow.alerts.spike;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The same time of earlier days. */
public final class EarlierDays {

    private EarlierDays() {}

    /** The quarter-hours at the same local time of the {@link SpikeRules#MOST_DAYS} days before, yesterday first. */
    public static List<Instant> before(Instant quarter, ZoneId zone) {
        var local = quarter.atZone(zone);
        var days = new ArrayList<Instant>(SpikeRules.MOST_DAYS);
        for (int back = 1; back <= SpikeRules.MOST_DAYS; back++) {
            days.add(local.minusDays(back).toInstant());
        }
        return days;
    }

    /**
     * Impressions of those that lie in the time that is known, yesterday first.
     *
     * @param firstTraffic start of the first quarter-hour with traffic: before it, silence says nothing
     */
    public static List<Long> impressions(
            List<Instant> days, Instant firstTraffic, ToLongFunction<Instant> impressions) {
        return days.stream()
                .takeWhile(day -> !day.isBefore(firstTraffic))
                .map(impressions::applyAsLong)
                .toList();
    }
}

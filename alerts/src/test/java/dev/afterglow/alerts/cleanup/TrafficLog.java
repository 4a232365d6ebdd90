package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.alerts.time.UtcGrid;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Traffic by the quarter-hour, and hours in which the project as a whole was silent. */
final class TrafficLog implements Traffic {

    private final TreeMap<Instant, Long> quarters = new TreeMap<>();
    private final TreeMap<Instant, TreeMap<String, Long>> variants = new TreeMap<>();
    private final TreeSet<Instant> silentHours = new TreeSet<>();
    private ProjectAccounts accounts = ProjectAccounts.NONE;

    TrafficLog paidBy(ProjectAccounts payers) {
        accounts = payers;
        return this;
    }

    @Override
    public ProjectAccounts accounts() {
        return accounts;
    }

    TrafficLog add(Instant quarter, long count) {
        if (!UtcGrid.ceilQuarter(quarter).equals(quarter)) {
            throw new IllegalArgumentException(quarter + " is no quarter-hour");
        }
        quarters.merge(quarter, count, Long::sum);
        return this;
    }

    /** As {@link #add(Instant, long)}, whose impressions are of no variant that anybody asks for. */
    TrafficLog add(Instant quarter, String variant, long count) {
        variants.computeIfAbsent(quarter, first -> new TreeMap<>()).merge(variant, count, Long::sum);
        return add(quarter, count);
    }

    /** So many impressions in the first quarter of every hour, of one variant. */
    TrafficLog hourly(Instant from, Instant to, String variant, long count) {
        for (var hour = UtcGrid.ceilHour(from); hour.isBefore(to); hour = UtcGrid.nextHour(hour)) {
            add(hour, variant, count);
        }
        return this;
    }

    /** So many impressions in the first quarter of every hour. */
    TrafficLog hourly(Instant from, Instant to, long count) {
        for (var hour = UtcGrid.ceilHour(from); hour.isBefore(to); hour = UtcGrid.nextHour(hour)) {
            add(hour, count);
        }
        return this;
    }

    TrafficLog silentProject(Instant hour) {
        silentHours.add(hour);
        return this;
    }

    SortedMap<Instant, Long> quarters() {
        return quarters;
    }

    NavigableSet<Instant> quarterStarts() {
        return quarters.navigableKeySet();
    }

    @Override
    public long impressions(Instant from, Instant to) {
        if (!UtcGrid.ceilQuarter(from).equals(from) || !UtcGrid.ceilQuarter(to).equals(to) || !from.isBefore(to)) {
            throw new IllegalArgumentException("asked from " + from + " to " + to);
        }
        return quarters.subMap(from, to).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public SortedMap<String, Long> impressionsByVariant(Instant from, Instant to, long enough) {
        var seen = new TreeMap<String, Long>();
        for (var quarter :
                variants.subMap(from, true, to, false).descendingMap().values()) {
            quarter.forEach((variant, count) -> seen.merge(variant, count, Long::sum));
            var counts = seen.values().stream().mapToLong(Long::longValue).summaryStatistics();
            if (counts.getSum() - counts.getMax() >= enough) {
                break;
            }
        }
        return seen;
    }

    @Override
    public Optional<Instant> stretchStart(Instant before) {
        Instant start = null;
        for (var quarter : quarters.headMap(before).keySet()) {
            var isNew = start == null
                    || !lastTraffic(quarter).orElseThrow().plus(GAP).isAfter(quarter);
            start = isNew ? quarter : start;
        }
        return Optional.ofNullable(start);
    }

    @Override
    public Optional<Instant> lastTraffic(Instant before) {
        return Optional.ofNullable(quarters.lowerKey(before)).map(start -> start.plus(UtcGrid.QUARTER));
    }

    @Override
    public boolean projectFlows(Instant at) {
        return !silentHours.contains(at);
    }
}

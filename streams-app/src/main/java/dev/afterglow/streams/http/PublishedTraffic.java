package dev.afterglow.streams.http;

import dev.afterglow.alerts.cleanup.Consumption;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.ImpressionCount;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The traffic of an experiment as its counts have been published. */
final class PublishedTraffic implements Consumption {

    private final NavigableMap<Instant, Long> quarters = new TreeMap<>();
    private final NavigableMap<Instant, SortedMap<String, Long>> variants = new TreeMap<>();

    /** @param hours of all variants */
    PublishedTraffic(List<ImpressionCount> hours) {
        for (var hour : hours) {
            var quarter = hour.getHour();
            for (long count : hour.getQuarters()) {
                if (count > 0) {
                    quarters.merge(quarter, count, Math::addExact);
                    variants.computeIfAbsent(quarter, first -> new TreeMap<>())
                            .merge(hour.getVariant(), count, Math::addExact);
                }
                quarter = quarter.plus(UtcGrid.QUARTER);
            }
        }
    }

    @Override
    public long impressions(Instant from, Instant to) {
        return quarters.subMap(from, to).values().stream().reduce(0L, Math::addExact);
    }

    /** All of it: there is no other hour to be read. */
    @Override
    public SortedMap<String, Long> impressionsByVariant(Instant from, Instant to, long enough) {
        var seen = new TreeMap<String, Long>();
        variants.subMap(from, to)
                .values()
                .forEach(quarter -> quarter.forEach((variant, count) -> seen.merge(variant, count, Math::addExact)));
        return seen;
    }

    @Override
    public Optional<Instant> stretchStart(Instant before) {
        Instant start = null;
        for (var quarter : quarters.headMap(before, false).descendingKeySet()) {
            if (start != null && !quarter.plus(UtcGrid.QUARTER).plus(GAP).isAfter(start)) {
                break;
            }
            start = quarter;
        }
        return Optional.ofNullable(start);
    }

    @Override
    public Optional<Instant> lastTraffic(Instant before) {
        return Optional.ofNullable(quarters.lowerKey(before)).map(quarter -> quarter.plus(UtcGrid.QUARTER));
    }
}

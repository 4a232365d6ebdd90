package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.cleanup.Outcomes;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All traffic of one experiment, read once: an outcome asks for sums of it again and again. */
final class BookedLife implements Outcomes.Life {

    private final NavigableMap<Instant, Long> impressions = new TreeMap<>();
    private final NavigableMap<Instant, Long> leftovers = new TreeMap<>();

    private final BookedTraffic traffic;

    /**
     * @param traffic of the same experiment, which knows of its project
     * @param to end, a full hour, behind which nothing is read
     */
    BookedLife(TrafficBook book, ExperimentKey experiment, BookedTraffic traffic, Instant to) {
        this.traffic = traffic;
        book.between(experiment, Instant.EPOCH, to).forEach((hour, booked) -> {
            for (int i = 0; i < Quarters.PER_HOUR; i++) {
                long sum = BookedTraffic.quarterSum(booked, i);
                if (sum != 0) {
                    var quarter = hour.plusMillis(i * Quarters.MILLIS);
                    impressions.put(quarter, sum);
                    if ((booked.getLeftoverQuarters() & 1 << i) != 0) {
                        leftovers.put(quarter, sum);
                    }
                }
            }
        });
    }

    @Override
    public Optional<Instant> firstTraffic(Instant from) {
        return Optional.ofNullable(impressions.ceilingKey(from));
    }

    @Override
    public long impressions(Instant from, Instant to) {
        return sum(impressions, from, to);
    }

    @Override
    public long leftovers(Instant from, Instant to) {
        return sum(leftovers, from, to);
    }

    @Override
    public Optional<Instant> lastTraffic(Instant before) {
        return Optional.ofNullable(impressions.lowerKey(before)).map(start -> start.plusMillis(Quarters.MILLIS));
    }

    @Override
    public boolean projectFlows(Instant at) {
        return traffic.projectFlows(at);
    }

    private static long sum(NavigableMap<Instant, Long> quarters, Instant from, Instant to) {
        return from.isBefore(to)
                ? quarters.subMap(from, true, to, false).values().stream().reduce(0L, Math::addExact)
                : 0;
    }
}

package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.HourTraffic;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * The hours of one experiment that have been read while it is judged: a judge asks for those of the last day again and
 * again, and to open an iterator of the store is what costs most. To be forgotten when the book changes.
 */
final class HoursRead {

    private final TrafficBook book;
    private final ExperimentKey experiment;
    private final NavigableMap<Instant, HourTraffic> hours = new TreeMap<>();

    /** All of the book from here to before there is known. */
    private Instant from = Instant.MAX;

    private Instant to = Instant.MIN;

    HoursRead(TrafficBook book, ExperimentKey experiment) {
        this.book = book;
        this.experiment = experiment;
    }

    /** The traffic in the hours from that of one instant to before another instant. */
    SortedMap<Instant, HourTraffic> between(Instant first, Instant end) {
        var start = UtcGrid.floorHour(first);
        var upTo = UtcGrid.ceilHour(end);
        if (!start.isBefore(upTo)) {
            return new TreeMap<>();
        }
        if (upTo.isAfter(to) || upTo.isBefore(from)) {
            hours.clear();
            hours.putAll(book.between(experiment, start, upTo));
            from = start;
            to = upTo;
        } else if (start.isBefore(from)) {
            hours.putAll(book.between(experiment, start, from));
            from = start;
        }
        return hours.subMap(start, upTo);
    }

    /** As {@link TrafficBook#newest}. */
    Optional<Map.Entry<Instant, HourTraffic>> newest(Instant before, BiPredicate<Instant, HourTraffic> condition) {
        if (before.isAfter(to) || before.isBefore(from)) {
            return book.newest(experiment, before, condition);
        }
        for (var known : hours.headMap(before, false).descendingMap().entrySet()) {
            if (condition.test(known.getKey(), known.getValue())) {
                return Optional.of(known);
            }
        }
        return book.newest(experiment, from, condition);
    }
}

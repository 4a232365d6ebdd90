package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.cleanup.Traffic;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.HourTraffic;
import dev.afterglow.streams.flow.Quarters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The traffic of one experiment as its judge sees it. */
final class BookedTraffic implements Traffic {

    private static final Duration RECENT = Duration.ofDays(1);
    private static final int USUAL_DAYS = 7;

    /** The project flows when its other traffic runs at a fifth of its usual rate: design, section 6. */
    private static final long FLOWS_FROM = 5;

    private final TrafficBook book;
    private final ExperimentKey experiment;

    BookedTraffic(TrafficBook book, ExperimentKey experiment) {
        this.book = book;
        this.experiment = experiment;
    }

    @Override
    public long impressions(Instant from, Instant to) {
        long sum = 0;
        for (var hour : book.between(experiment, Quarters.hourOf(from), to).entrySet()) {
            for (int i = 0; i < Quarters.PER_HOUR; i++) {
                var quarter = hour.getKey().plusMillis(i * Quarters.MILLIS);
                if (!quarter.isBefore(from) && quarter.isBefore(to)) {
                    sum = Math.addExact(sum, quarterSum(hour.getValue(), i));
                }
            }
        }
        return sum;
    }

    @Override
    public SortedMap<String, Long> impressionsByVariant(Instant from, Instant to, long enough) {
        var seen = new TreeMap<String, Long>();
        book.newest(experiment, to, (hour, traffic) -> {
            if (hour.isBefore(Quarters.hourOf(from))) {
                return true;
            }
            for (var variant : traffic.getVariants()) {
                long sum = 0;
                for (int i = 0; i < Quarters.PER_HOUR; i++) {
                    var quarter = hour.plusMillis(i * Quarters.MILLIS);
                    if (!quarter.isBefore(from) && quarter.isBefore(to)) {
                        sum = Math.addExact(sum, variant.getQuarters().get(i));
                    }
                }
                if (sum > 0) {
                    seen.merge(variant.getVariant(), sum, Math::addExact);
                }
            }
            return othersThanTheFirst(seen) >= enough;
        });
        return seen;
    }

    private static long othersThanTheFirst(SortedMap<String, Long> seen) {
        long first = seen.values().stream().max(Long::compare).orElse(0L);
        return sum(seen) - first;
    }

    @Override
    public Optional<Instant> stretchStart(Instant before) {
        var start = new Object() {
            private Instant at;
        };
        book.newest(experiment, before, (hour, traffic) -> {
            var quarters = quarters(hour, traffic, before);
            for (int i = quarters.size() - 1; i >= 0; i--) {
                var end = quarters.get(i).plusMillis(Quarters.MILLIS);
                if (start.at != null && !end.plus(GAP).isAfter(start.at)) {
                    return true;
                }
                start.at = quarters.get(i);
            }
            return false;
        });
        return Optional.ofNullable(start.at);
    }

    @Override
    public Optional<Instant> lastTraffic(Instant before) {
        return book.newest(
                        experiment,
                        before,
                        (hour, traffic) -> !quarters(hour, traffic, before).isEmpty())
                .map(found -> quarters(found.getKey(), found.getValue(), before))
                .map(quarters -> quarters.get(quarters.size() - 1).plusMillis(Quarters.MILLIS));
    }

    /** Starts of the quarter-hours with traffic, of those that start before an instant. */
    private static List<Instant> quarters(Instant hour, HourTraffic traffic, Instant before) {
        return IntStream.range(0, Quarters.PER_HOUR)
                .filter(quarter -> quarterSum(traffic, quarter) > 0)
                .mapToObj(quarter -> hour.plusMillis(quarter * Quarters.MILLIS))
                .filter(quarter -> quarter.isBefore(before))
                .toList();
    }

    @Override
    public boolean projectFlows(Instant at) {
        var recentFrom = at.minus(RECENT);
        var usualFrom = recentFrom.minus(RECENT.multipliedBy(USUAL_DAYS));
        long recent = others(recentFrom, at);
        var usualHours = book.projectBetween(experiment, usualFrom, recentFrom);
        if (usualHours.isEmpty()) {
            return recent > 0;
        }
        long usual = others(usualFrom, recentFrom);
        var first = usualHours.keySet().iterator().next();
        long hours = Math.max(1, Duration.between(first, recentFrom).toHours());
        // recent a day >= usual a day / 5, without dividing.
        return recent > 0
                && Math.multiplyExact(Math.multiplyExact(recent, hours), FLOWS_FROM)
                        >= Math.multiplyExact(usual, RECENT.toHours());
    }

    private long others(Instant from, Instant to) {
        return sum(book.projectBetween(experiment, from, to)) - impressions(from, to);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().reduce(0L, Math::addExact);
    }

    static long quarterSum(HourTraffic hour, int quarter) {
        return hour.getVariants().stream()
                .mapToLong(variant -> variant.getQuarters().get(quarter))
                .reduce(0L, Math::addExact);
    }
}

package dev.afterglow.streams.cleanup;

import dev.afterglow.alerts.cleanup.Overhead;
import dev.afterglow.alerts.cleanup.ProjectFlow;
import dev.afterglow.alerts.cleanup.Traffic;
import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.HourTraffic;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The traffic of one experiment as its judge sees it, once: what is booked afterwards may not be seen. */
final class BookedTraffic implements Traffic {

    private final TrafficBook book;
    private final HoursRead hours;
    private final RunningSums sums;
    private final ExperimentKey experiment;
    private final ProjectAccounts accounts;

    /**
     * @param sums what is known of it
     * @param accounts who pays for it
     */
    BookedTraffic(TrafficBook book, RunningSums sums, ExperimentKey experiment, ProjectAccounts accounts) {
        this.book = book;
        this.hours = new HoursRead(book, experiment);
        this.sums = sums;
        this.experiment = experiment;
        this.accounts = accounts;
    }

    @Override
    public ProjectAccounts accounts() {
        return accounts;
    }

    @Override
    public long impressions(Instant from, Instant to) {
        long sum = 0;
        for (var hour : hours.between(from, to).entrySet()) {
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
    public long impressionsSoFar(Instant from, Instant to) {
        return sums.of(experiment, from, to, this::impressions);
    }

    @Override
    public SortedMap<String, Long> impressionsByVariant(Instant from, Instant to, long enough) {
        var seen = new TreeMap<String, Long>();
        hours.newest(to, (hour, traffic) -> {
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

    @Override
    public Optional<Overhead> overhead(Instant from, Instant to) {
        var sum = new Overhead(0, 0);
        for (var hour : hours.between(from, to).values()) {
            sum = sum.plus(hour.getOverheadMicros(), hour.getOverheadBytes());
        }
        return Optional.of(sum).filter(Overhead::isKnown);
    }

    private static long othersThanTheFirst(SortedMap<String, Long> seen) {
        long first = seen.values().stream().max(Long::compare).orElse(0L);
        return seen.values().stream().reduce(0L, Math::addExact) - first;
    }

    @Override
    public Optional<Instant> stretchStart(Instant before) {
        var start = new Object() {
            private Instant at;
        };
        hours.newest(before, (hour, traffic) -> {
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
        return hours.newest(
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
        return ProjectFlow.runs((from, to) -> book.projectBetween(experiment, from, to), this, at);
    }

    static long quarterSum(HourTraffic hour, int quarter) {
        return hour.getVariants().stream()
                .mapToLong(variant -> variant.getQuarters().get(quarter))
                .reduce(0L, Math::addExact);
    }
}

package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.ImpressionCount;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The traffic of an experiment as its counts have been published, added up so that every answer is a look-up: who
 * replays a year asks thousands of times. Immutable.
 */
public final class CountedTraffic implements Consumption {

    private static final long QUARTER = UtcGrid.QUARTER.toMillis();

    /** The quarter-hours with impressions, by their start in milliseconds. */
    private final long[] starts;

    /** Impressions before each of them, and of all. */
    private final long[] before;

    /** The same for each variant. */
    private final SortedMap<String, long[]> variants = new TreeMap<>();

    /** Where in the starts the stretch of each begins. */
    private final int[] stretches;

    private CountedTraffic(TreeMap<Long, TreeMap<String, Long>> quarters) {
        starts = quarters.keySet().stream().mapToLong(Long::longValue).toArray();
        before = new long[starts.length + 1];
        stretches = new int[starts.length];
        int next = 0;
        for (var counts : quarters.values()) {
            for (var count : counts.entrySet()) {
                variants.computeIfAbsent(count.getKey(), first -> new long[starts.length + 1])[next + 1] =
                        count.getValue();
                before[next + 1] = Math.addExact(before[next + 1], count.getValue());
            }
            boolean goesOn = next > 0 && starts[next] - starts[next - 1] < QUARTER + GAP.toMillis();
            stretches[next] = goesOn ? stretches[next - 1] : next;
            next++;
        }
        Arrays.parallelPrefix(before, Math::addExact);
        variants.values().forEach(counts -> Arrays.parallelPrefix(counts, Math::addExact));
    }

    /** @param hours those of all variants, each in its newest revision */
    public static CountedTraffic of(Collection<ImpressionCount> hours) {
        var quarters = new TreeMap<Long, TreeMap<String, Long>>();
        for (var hour : hours) {
            long quarter = hour.getHour().toEpochMilli();
            for (long count : hour.getQuarters()) {
                if (count > 0) {
                    quarters.computeIfAbsent(quarter, first -> new TreeMap<>())
                            .merge(hour.getVariant(), count, Math::addExact);
                }
                quarter += QUARTER;
            }
        }
        return new CountedTraffic(quarters);
    }

    /** The same traffic, beside that of the whole project and environment of which it is a part. */
    public Traffic within(ProjectFlow.Hours project) {
        return within(project, ProjectAccounts.NONE);
    }

    /** As {@link #within(ProjectFlow.Hours)}, paid for by some. */
    public Traffic within(ProjectFlow.Hours project, ProjectAccounts accounts) {
        return new WithinProject(this, project, accounts);
    }

    /** The same traffic, paid for by some. */
    public Consumption paidBy(ProjectAccounts accounts) {
        return new WithinProject(this, (from, to) -> Collections.emptySortedMap(), accounts);
    }

    /** The ends of the UTC hours in which there were impressions: when each of them is judged. */
    public SortedSet<Instant> hourEnds() {
        var ends = new TreeSet<Instant>();
        long last = Long.MIN_VALUE;
        for (long start : starts) {
            if (start >= last) {
                var end = UtcGrid.nextHour(Instant.ofEpochMilli(start));
                ends.add(end);
                last = end.toEpochMilli();
            }
        }
        return ends;
    }

    @Override
    public long impressions(Instant from, Instant to) {
        return before[countBefore(to)] - before[countBefore(from)];
    }

    /** All of them: each is a look-up. */
    @Override
    public SortedMap<String, Long> impressionsByVariant(Instant from, Instant to, long enough) {
        int first = countBefore(from);
        int end = countBefore(to);
        var seen = new TreeMap<String, Long>();
        variants.forEach((variant, counts) -> {
            if (counts[end] > counts[first]) {
                seen.put(variant, counts[end] - counts[first]);
            }
        });
        return seen;
    }

    @Override
    public Optional<Instant> stretchStart(Instant before) {
        int newest = countBefore(before) - 1;
        return newest < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(starts[stretches[newest]]));
    }

    @Override
    public Optional<Instant> lastTraffic(Instant before) {
        int newest = countBefore(before) - 1;
        return newest < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(starts[newest] + QUARTER));
    }

    /** How many of the quarter-hours start before an instant. */
    private int countBefore(Instant at) {
        int found = Arrays.binarySearch(starts, at.toEpochMilli());
        return found >= 0 ? found : -found - 1;
    }

    private record WithinProject(CountedTraffic own, ProjectFlow.Hours project, ProjectAccounts accounts)
            implements Traffic {

        @Override
        public long impressions(Instant from, Instant to) {
            return own.impressions(from, to);
        }

        @Override
        public SortedMap<String, Long> impressionsByVariant(Instant from, Instant to, long enough) {
            return own.impressionsByVariant(from, to, enough);
        }

        @Override
        public Optional<Instant> stretchStart(Instant before) {
            return own.stretchStart(before);
        }

        @Override
        public Optional<Instant> lastTraffic(Instant before) {
            return own.lastTraffic(before);
        }

        @Override
        public boolean projectFlows(Instant at) {
            return ProjectFlow.runs(project, own, at);
        }
    }
}

package dev.afterglow.alerts.forecast;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Impressions of full days in a row.
 *
 * @param first the first day
 * @param counts impressions of each day from then on; 0 or more
 */
public record DailySeries(LocalDate first, List<Long> counts) {

    /** @throws IllegalArgumentException when a count is negative */
    public DailySeries {
        counts = List.copyOf(counts);
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("a day with " + count + " impressions");
            }
        }
    }

    /**
     * The days from the first with an entry up to a day; those without an entry had no impressions.
     *
     * @param byDay impressions by day; what corrections have taken below 0 is taken for 0
     * @param end first day after the series
     */
    public static DailySeries of(SortedMap<LocalDate, Long> byDay, LocalDate end) {
        if (byDay.isEmpty() || !byDay.firstKey().isBefore(end)) {
            return new DailySeries(end, List.of());
        }
        var first = byDay.firstKey();
        return new DailySeries(
                first,
                Stream.iterate(first, day -> day.isBefore(end), day -> day.plusDays(1))
                        .map(day -> Math.max(0, byDay.getOrDefault(day, 0L)))
                        .toList());
    }

    /** First day after the series. */
    public LocalDate end() {
        return first.plusDays(counts.size());
    }

    /** What was known before a day. */
    public DailySeries before(LocalDate day) {
        int size = (int) Math.max(0, Math.min(counts.size(), day.toEpochDay() - first.toEpochDay()));
        return new DailySeries(first, counts.subList(0, size));
    }

    /** The newest days, at most so many. */
    public DailySeries newest(int days) {
        int skipped = Math.max(0, counts.size() - days);
        return new DailySeries(first.plusDays(skipped), counts.subList(skipped, counts.size()));
    }

    /** The days from a day on. */
    public DailySeries from(LocalDate day) {
        return newest((int) Math.max(0, end().toEpochDay() - day.toEpochDay()));
    }

    /**
     * Sum of all days.
     *
     * @throws ArithmeticException when it does not fit 64 bits
     */
    public long sum() {
        return counts.stream().reduce(0L, Math::addExact);
    }

    LocalDate day(int index) {
        return first.plusDays(index);
    }
}

package dev.afterglow.alerts.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;

/** Sums and medians of days. */
final class KnownDays {

    private KnownDays() {}

    /** Impressions from one day to another, both included. */
    static long sum(NavigableMap<LocalDate, Long> days, LocalDate from, LocalDate to) {
        return from.isAfter(to)
                ? 0
                : days.subMap(from, true, to, true).values().stream().reduce(0L, Math::addExact);
    }

    /** The newest days, the last one first: no more than so many, and none before the first that is known. */
    static List<LocalDate> newest(NavigableMap<LocalDate, Long> days, LocalDate last, int most) {
        var newest = new ArrayList<LocalDate>();
        var first = days.firstKey();
        for (var day = last; newest.size() < most && !day.isBefore(first); day = day.minusDays(1)) {
            newest.add(day);
        }
        return newest;
    }

    static long on(NavigableMap<LocalDate, Long> days, LocalDate day) {
        return days.getOrDefault(day, 0L);
    }

    /** The middle one, or the mean of the two in the middle; there has to be one. */
    static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

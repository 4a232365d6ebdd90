package dev.afterglow.alerts.forecast;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * How much of a usual day each weekday has: the median, over the last six weeks, of the day divided by the median of the
 * seven days round it. So neither growth nor a burst makes a weekday look like another; six weeks are enough for a
 * median, and few enough to follow a season.
 */
final class WeekdayProfile {

    private static final int DAYS = 42;
    private static final int ROUND = 3;
    private static final int LEAST_ROUND = 4;
    private static final int LEAST_OF_A_WEEKDAY = 2;

    private final Map<DayOfWeek, Double> factors = new EnumMap<>(DayOfWeek.class);

    WeekdayProfile(NavigableMap<LocalDate, Long> days, LocalDate last) {
        var ratios = new EnumMap<DayOfWeek, List<Double>>(DayOfWeek.class);
        for (var day : KnownDays.newest(days, last, DAYS)) {
            double usual = usualRound(days, day, last);
            if (usual > 0) {
                ratios.computeIfAbsent(day.getDayOfWeek(), first -> new ArrayList<>())
                        .add(KnownDays.on(days, day) / usual);
            }
        }
        ratios.forEach((weekday, known) -> {
            if (known.size() >= LEAST_OF_A_WEEKDAY) {
                factors.put(
                        weekday,
                        KnownDays.median(
                                known.stream().mapToDouble(Double::doubleValue).toArray()));
            }
        });
    }

    /** 1 for a usual day; of a weekday that is not known too. */
    double of(LocalDate day) {
        return factors.getOrDefault(day.getDayOfWeek(), 1.0);
    }

    /** Sum over the days from one to another, both included. */
    double sum(LocalDate from, LocalDate to) {
        double sum = 0;
        for (var day = from; !day.isAfter(to); day = day.plusDays(1)) {
            sum += of(day);
        }
        return sum;
    }

    /** 0 where too few of the days round it are known. */
    private static double usualRound(NavigableMap<LocalDate, Long> days, LocalDate day, LocalDate last) {
        var round = day.minusDays(ROUND)
                .datesUntil(day.plusDays(ROUND + 1))
                .filter(near -> !near.isAfter(last) && !near.isBefore(days.firstKey()))
                .mapToDouble(near -> KnownDays.on(days, near))
                .toArray();
        return round.length < LEAST_ROUND ? 0 : KnownDays.median(round);
    }
}

package dev.afterglow.alerts.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Level and weekday pattern of the last weeks. The package description says why it has these numbers. */
final class FourWeeks {

    /** Days that are looked at. */
    static final int WINDOW = 28;

    /** Days that make the level, and without which there is none. */
    static final int FEWEST_DAYS = 14;

    private static final int WEEK = 7;
    private static final double MOST_MEDIANS = 3;

    /** Capped impressions, newest first. */
    private final double[] days;

    private final LocalDate newest;

    /** Share of each weekday, 1 on average; Monday is at 0. */
    private final double[] pattern;

    private FourWeeks(double[] days, LocalDate newest) {
        this.days = days;
        this.newest = newest;
        this.pattern = pattern();
    }

    /** @param known {@value #FEWEST_DAYS} full days at least */
    static FourWeeks of(DailySeries known) {
        var counts = known.newest(WINDOW).counts();
        double cap = MOST_MEDIANS * median(counts);
        var days = IntStream.range(0, counts.size())
                .mapToDouble(back -> Math.min(cap, counts.get(counts.size() - 1 - back)))
                .toArray();
        return new FourWeeks(days, known.end().minusDays(1));
    }

    /** Impressions that so many days from a day on will bring. */
    double expected(LocalDate from, int number) {
        double level = Arrays.stream(days, 0, FEWEST_DAYS).average().orElseThrow();
        // Whole weeks have each weekday as often as the level has.
        return level
                * IntStream.range(0, number)
                        .mapToDouble(ahead -> pattern[weekday(from.plusDays(ahead))])
                        .sum();
    }

    private double[] pattern() {
        var shares = shares();
        var means = shares.stream().mapToDouble(FourWeeks::mean).toArray();
        int weeks = days.length / WEEK;
        double within = IntStream.range(0, WEEK)
                .mapToDouble(weekday -> squares(shares.get(weekday), means[weekday]))
                .sum();
        double between = squares(Arrays.stream(means).boxed().toList(), 1);
        // Mean squares: of the shares of a weekday, and of the weekdays; their quotient is the part that chance
        // explains.
        double chance = between == 0 ? 1 : within / (weeks - 1) / (between * weeks);
        double kept = Math.max(0, 1 - chance);
        return Arrays.stream(means).map(mean -> 1 + kept * (mean - 1)).toArray();
    }

    /** By weekday, what part of the mean of its week it had in each week. */
    private List<List<Double>> shares() {
        var shares = new ArrayList<List<Double>>();
        IntStream.range(0, WEEK).forEach(weekday -> shares.add(new ArrayList<>()));
        for (int start = 0; start + WEEK <= days.length; start += WEEK) {
            double mean = DoubleStream.of(Arrays.copyOfRange(days, start, start + WEEK))
                    .average()
                    .orElseThrow();
            for (int back = start; back < start + WEEK; back++) {
                shares.get(weekday(newest.minusDays(back))).add(mean == 0 ? 1 : days[back] / mean);
            }
        }
        return shares;
    }

    private static int weekday(LocalDate day) {
        return day.getDayOfWeek().getValue() - 1;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double squares(List<Double> values, double mean) {
        return values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
    }

    private static double median(List<Long> values) {
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + (double) sorted.get(half)) / 2;
    }
}

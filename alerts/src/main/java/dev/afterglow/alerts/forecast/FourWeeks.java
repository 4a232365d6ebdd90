package dev.afterglow.alerts.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Level and weekday pattern of the last four weeks, and the trend. The package description says why it has these numbers. */
final class FourWeeks {

    /** Days that are looked at. */
    static final int WINDOW = 28;

    /** Days that make the level, and without which there is none. */
    static final int FEWEST_DAYS = 14;

    private static final int WEEK = 7;
    private static final int MOST_OF_A_WEEK = 4;
    /** How many times the median of the four weeks a day, or a week, may have without being a burst or other traffic. */
    static final double MOST_MEDIANS = 2.5;

    /** Impressions of a day. */
    private final double level;

    /** Share of each weekday, 1 on average; Monday is at 0. */
    private final double[] pattern;

    private final DampedTrend trend;

    private FourWeeks(double level, double[] pattern, DampedTrend trend) {
        this.level = level;
        this.pattern = pattern;
        this.trend = trend;
    }

    /**
     * Whether there are {@value #FEWEST_DAYS} days to go by: after four weeks without any traffic an account begins anew, for
     * the days of the pause would make its level.
     */
    static boolean isEnough(DailySeries known) {
        var counts = known.newest(WINDOW).counts();
        int pause = (int) counts.stream().takeWhile(count -> count == 0).count();
        return counts.size() - pause >= FEWEST_DAYS;
    }

    /** @param known {@value #FEWEST_DAYS} full days at least */
    static FourWeeks of(DailySeries known) {
        var counts = known.newest(WINDOW).counts();
        var days = IntStream.range(0, counts.size())
                .mapToDouble(back -> counts.get(counts.size() - 1 - back))
                .toArray();
        double cap = MOST_MEDIANS * Medians.of(Arrays.stream(days));
        var newLevel = newLevel(days, cap);
        if (newLevel.isPresent()) {
            return new FourWeeks(
                    newLevel.getAsDouble(),
                    IntStream.range(0, WEEK).mapToDouble(weekday -> 1).toArray(),
                    DampedTrend.NONE);
        }
        // Traffic of weekends only, say: most days are none, which says nothing of what is much for the others.
        double most =
                cap > 0 ? cap : MOST_MEDIANS * Medians.of(Arrays.stream(days).filter(day -> day > 0));
        var capped = Arrays.stream(days).map(day -> Math.min(most, day)).toArray();
        return new FourWeeks(
                level(capped, FEWEST_DAYS),
                pattern(capped, known.end().minusDays(1)),
                DampedTrend.of(known, MOST_MEDIANS));
    }

    /** The level of traffic that goes on for days at what the median still takes for a burst; empty when there is none. */
    private static OptionalDouble newLevel(double[] days, double cap) {
        var above =
                IntStream.range(0, FEWEST_DAYS).filter(back -> days[back] > cap).toArray();
        boolean isBurst = Arrays.stream(above).filter(back -> back < WEEK).count() < MOST_OF_A_WEEK;
        return isBurst ? OptionalDouble.empty() : OptionalDouble.of(level(days, above[above.length - 1] + 1));
    }

    private static double level(double[] days, int newest) {
        return Arrays.stream(days, 0, newest).average().orElseThrow();
    }

    /** Impressions that so many days from a day on will bring. */
    double expected(LocalDate from, int number) {
        var factors = trend.factors(number).toArray();
        // Whole weeks have each weekday as often as the level has.
        return level
                * IntStream.range(0, number)
                        .mapToDouble(ahead -> pattern[weekday(from.plusDays(ahead))] * factors[ahead])
                        .sum();
    }

    private static double[] pattern(double[] days, LocalDate newest) {
        var shares = shares(days, newest);
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
    private static List<List<Double>> shares(double[] days, LocalDate newest) {
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
}

package dev.afterglow.alerts.forecast;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The growth of the last quarter, drawn on into the days to come, each time less of it.
 *
 * <p>With {@code s_i} impressions of the i-th of the last 13 weeks, counted back from the newest day, the growth of a day is the
 * repeated median of Siegel (1982) over the logarithms,
 *
 * <pre>
 * g = median_i ( median_(j != i) ( (ln s_j - ln s_i) / (7 (j - i)) ) )
 * </pre>
 *
 * and after {@code h} days traffic is that many times what it is, by the damped multiplicative trend of Gardner and McKenzie
 * (1985) and Taylor (2003),
 *
 * <pre>
 * exp( g (p + p^2 + ... + p^h) ),  p = 0.8
 * </pre>
 *
 * so that four days of growth are the most that it is ever drawn on by. Almost half of the weeks can be anything without moving
 * the growth much: a burst is not taken for one.
 *
 * @param growth natural logarithm of the factor from one day to the next; 0 where there is no trend
 */
record DampedTrend(double growth) {

    /** Days that are looked at: each weekday as often as every other. */
    static final int WINDOW = 91;

    /** No trend: traffic goes on as it is. */
    static final DampedTrend NONE = new DampedTrend(0);

    private static final int WEEK = 7;
    private static final int FEWEST_WEEKS = 4;
    private static final double DAMPING = 0.8;

    /** Impressions of a week. */
    private record Week(int index, double log) {

        double slopeTo(Week other) {
            return (other.log - log) / (WEEK * (other.index - index));
        }
    }

    /**
     * The trend of a series; none with fewer than four weeks that can be compared.
     *
     * @param known full days
     * @param most how many times as much, or as little, as the median of the newest four weeks another may have to be compared
     *     with them; beyond, it is other traffic, from before a pause, say, or a trial
     */
    static DampedTrend of(DailySeries known, double most) {
        var sums = weeks(known.newest(WINDOW).counts());
        double usual = Medians.of(sums.stream().limit(FEWEST_WEEKS).mapToDouble(sum -> sum));
        // The weeks are numbered from the newest back, and time runs the other way.
        var weeks = IntStream.range(0, sums.size())
                .filter(back -> sums.get(back) > 0 && sums.get(back) <= usual * most && sums.get(back) * most >= usual)
                // The same on every machine.
                .mapToObj(back -> new Week(-back, StrictMath.log(sums.get(back))))
                .toList();
        return weeks.size() < FEWEST_WEEKS ? NONE : new DampedTrend(repeatedMedian(weeks));
    }

    /** How many times what it is traffic will be after 1, 2, 3, … days. */
    DoubleStream factors(int days) {
        return IntStream.rangeClosed(1, days).mapToDouble(day -> StrictMath.exp(growth * horizon(day)));
    }

    /** Sum of the powers of the damping up to that of a day. */
    private static double horizon(int day) {
        return DAMPING * (1 - StrictMath.pow(DAMPING, day)) / (1 - DAMPING);
    }

    private static double repeatedMedian(List<Week> weeks) {
        return Medians.of(weeks.stream()
                .mapToDouble(week ->
                        Medians.of(weeks.stream().filter(other -> other != week).mapToDouble(week::slopeTo))));
    }

    /** Sums of whole weeks, the newest first. */
    private static List<Double> weeks(List<Long> counts) {
        return IntStream.rangeClosed(1, counts.size() / WEEK)
                .mapToObj(week -> counts.subList(counts.size() - week * WEEK, counts.size() - (week - 1) * WEEK))
                .map(days -> days.stream().mapToDouble(Long::doubleValue).sum())
                .toList();
    }
}

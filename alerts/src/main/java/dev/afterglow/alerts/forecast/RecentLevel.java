package dev.afterglow.alerts.forecast;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the month has had so far, and for each day that is left the recent level times the share of its weekday:
 *
 * <pre>
 * expected(day) = level * {@link WeekdayProfile profile}(weekday)
 * level         = 3/4 * recent + 1/4 * of the month so far
 * recent        = mean of the last 60 days, each divided by its profile, whose weight halves every 4 days
 * </pre>
 *
 * Before the mean is taken, a day beyond the median of the last 28 by more than 6 median absolute deviations (times
 * 1.4826, which makes them standard deviations of what is normally distributed) is cut off there: a burst is over in
 * days. The month so far is in it since bursts are a part of every month, and the recent days may have had none.
 *
 * <p>The four numbers were chosen among some thousand settings by their errors on a year of a news site, of which the
 * neighbours are about as good; see {@link Backtest}, which everybody can repeat on days of their own.
 *
 * <p>The interval: the same is reckoned from each of the last days for which the outcome is known, for as many days ahead
 * as are left; four of five of those errors, as parts of what was expected, lie in it. With fewer than ten of them it
 * reaches from nothing to twice as much.
 */
public final class RecentLevel implements ForecastMethod {

    private static final int LEAST_DAYS = 3;
    private static final int MEAN_OVER = 60;
    private static final double HALVES_IN = 4;
    private static final int SPREAD_OVER = 28;
    private static final double MOST_DEVIATIONS = 6;
    private static final double TO_STANDARD = 1.4826;
    private static final double RECENT = 0.75;
    private static final int PAST_ESTIMATES = 28;
    private static final int LEAST_ESTIMATES = 10;
    private static final double COVERED = 0.8;

    @Override
    public String name() {
        return "recent-level-by-weekday";
    }

    @Override
    public Optional<MonthEstimate> estimate(NavigableMap<LocalDate, Long> days, LocalDate last) {
        if (KnownDays.newest(days, last, LEAST_DAYS).size() < LEAST_DAYS) {
            return Optional.empty();
        }
        var end = last.withDayOfMonth(last.lengthOfMonth());
        long soFar = KnownDays.sum(days, last.withDayOfMonth(1), last);
        double rest = expected(days, last, end);
        double error = last.equals(end) ? 0 : usualError(days, last, end.getDayOfMonth() - last.getDayOfMonth());
        return Optional.of(new MonthEstimate(
                name(),
                soFar + Math.round(rest),
                soFar + Math.round(rest * Math.max(0, 1 - error)),
                soFar + Math.round(rest * (1 + error)),
                last));
    }

    /** Impressions in the days after one, up to another. */
    private static double expected(NavigableMap<LocalDate, Long> days, LocalDate last, LocalDate end) {
        var profile = new WeekdayProfile(days, last);
        double recent = recent(days, last, profile);
        var first = last.withDayOfMonth(1);
        double usualDays = profile.sum(first, last);
        double level = usualDays > 0 && !first.isBefore(days.firstKey())
                ? RECENT * recent + (1 - RECENT) * KnownDays.sum(days, first, last) / usualDays
                : recent;
        return level * profile.sum(last.plusDays(1), end);
    }

    private static double recent(NavigableMap<LocalDate, Long> days, LocalDate last, WeekdayProfile profile) {
        double[] levels = KnownDays.newest(days, last, MEAN_OVER).stream()
                .mapToDouble(day -> profile.of(day) > 0 ? KnownDays.on(days, day) / profile.of(day) : 0)
                .toArray();
        double most = mostUsual(Arrays.copyOf(levels, Math.min(levels.length, SPREAD_OVER)));
        double sum = 0;
        double weights = 0;
        for (int age = 0; age < levels.length; age++) {
            double weight = Math.pow(0.5, age / HALVES_IN);
            sum += weight * Math.min(levels[age], most);
            weights += weight;
        }
        return sum / weights;
    }

    /** Where more than half of the days are the same there is no spread to go by, and nothing is cut off. */
    private static double mostUsual(double[] levels) {
        double median = KnownDays.median(levels);
        double deviation = KnownDays.median(
                Arrays.stream(levels).map(level -> Math.abs(level - median)).toArray());
        return deviation == 0 ? Double.MAX_VALUE : median + MOST_DEVIATIONS * TO_STANDARD * deviation;
    }

    private static double usualError(NavigableMap<LocalDate, Long> days, LocalDate last, int ahead) {
        var errors = new ArrayList<Double>();
        for (int back = 0; back < PAST_ESTIMATES; back++) {
            var origin = last.minusDays(ahead + (long) back);
            if (KnownDays.newest(days, origin, LEAST_DAYS).size() < LEAST_DAYS) {
                break;
            }
            errorFrom(days, origin, ahead).ifPresent(errors::add);
        }
        if (errors.size() < LEAST_ESTIMATES) {
            return 1;
        }
        errors.sort(null);
        return errors.get((int) Math.ceil(COVERED * errors.size()) - 1);
    }

    private static OptionalDouble errorFrom(NavigableMap<LocalDate, Long> days, LocalDate origin, int ahead) {
        double expected = expected(days, origin, origin.plusDays(ahead));
        long actual = KnownDays.sum(days, origin.plusDays(1), origin.plusDays(ahead));
        return expected > 0 ? OptionalDouble.of(Math.abs(actual - expected) / expected) : OptionalDouble.empty();
    }
}

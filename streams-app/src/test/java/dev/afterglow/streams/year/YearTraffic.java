package dev.afterglow.streams.year;

import static dev.afterglow.streams.year.YearTime.DAY;
import static dev.afterglow.streams.year.YearTime.HOUR;
import static dev.afterglow.streams.year.YearTime.QUARTER;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/** The traffic of a year, added up, so that that of any time in it is a difference of two sums. For {@link YearOracle}. */
final class YearTraffic {

    private static final int QUARTERS = SimulatedYear.DAYS * 96;

    /** Impressions in the quarter-hours before each. */
    private final long[] before = new long[QUARTERS + 1];

    YearTraffic(List<Life> lives) {
        this(lives, Life::traffic);
    }

    /** @param part of the traffic of a life */
    YearTraffic(List<Life> lives, Function<Life, SortedMap<Instant, Long>> part) {
        for (var life : lives) {
            part.apply(life).forEach((quarter, count) -> before[index(quarter.toEpochMilli()) + 1] += count);
        }
        for (int i = 1; i <= QUARTERS; i++) {
            before[i] += before[i - 1];
        }
    }

    /** Impressions between two starts of quarter-hours, in milliseconds. */
    long sum(long from, long to) {
        return from < to ? before[index(to)] - before[index(from)] : 0;
    }

    /**
     * Whether a project but for one experiment has a fifth of its usual rate at least, that of the seven days before the
     * last 24 hours.
     */
    boolean flowsWithout(YearTraffic experiment, long at) {
        long recent = sum(at - DAY, at) - experiment.sum(at - DAY, at);
        long usual = sum(at - 8 * DAY, at - DAY) - experiment.sum(at - 8 * DAY, at - DAY);
        long first = at - 8 * DAY;
        while (first < at - DAY && sum(first, first + HOUR) == 0) {
            first += HOUR;
        }
        long hours = (at - DAY - first) / HOUR;
        return recent > 0 && (hours == 0 || recent * hours * 5 >= usual * 24);
    }

    private static int index(long at) {
        return (int) Math.min(QUARTERS, Math.max(0, (at - SimulatedYear.FROM.toEpochMilli()) / QUARTER));
    }
}

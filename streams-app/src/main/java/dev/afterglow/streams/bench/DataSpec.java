package dev.afterglow.streams.bench;

import dev.afterglow.streams.text.BadInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is counted. The same specification gives the same events, shifted to end at the time of loading.
 *
 * @param events records to send, duplicates among them; 100 to 1,000,000,000
 * @param experiments experiments with traffic; 1 to 100,000
 * @param zipf exponent of their popularity; 0 (all alike) to 5
 * @param partitions partitions of the source; 1 to 1,000
 * @param hours hours over which the events arrived; 1 to 144, so that none is older than the source's retention
 * @param outOfOrder share that happened up to 5 min before arrival, 0 to 1; the others within 2 s
 * @param duplicates share that repeats an earlier event, 0 to 0.5
 * @param hot share of the first experiment beyond Zipf, 0 (none) to 0.99
 * @param seed seed of everything drawn
 */
public record DataSpec(
        long events,
        int experiments,
        double zipf,
        int partitions,
        int hours,
        double outOfOrder,
        double duplicates,
        double hot,
        long seed) {

    static final Duration LATEST = Duration.ofMinutes(5);

    /** The retention of the source is 7 days of arrival. */
    private static final int MOST_HOURS = 144;

    /** @throws BadInputException naming every value out of range */
    public DataSpec {
        var problems = new ArrayList<String>();
        between(problems, "--events", events, 100, 1_000_000_000);
        between(problems, "--experiments", experiments, 1, 100_000);
        between(problems, "--zipf", zipf, 0, 5);
        between(problems, "--partitions", partitions, 1, 1_000);
        between(problems, "--hours", hours, 1, MOST_HOURS);
        between(problems, "--out-of-order", outOfOrder, 0, 1);
        between(problems, "--duplicates", duplicates, 0, 0.5);
        between(problems, "hot share", hot, 0, 0.99);
        if (!problems.isEmpty()) {
            throw new BadInputException(List.copyOf(problems));
        }
    }

    DataSpec withEvents(long other) {
        return new DataSpec(other, experiments, zipf, partitions, hours, outOfOrder, duplicates, hot, seed);
    }

    DataSpec withExperiments(int other) {
        return new DataSpec(events, other, zipf, partitions, hours, outOfOrder, duplicates, hot, seed);
    }

    DataSpec withHot(double other) {
        return new DataSpec(events, experiments, zipf, partitions, hours, outOfOrder, duplicates, other, seed);
    }

    DataSpec withHours(int other) {
        return new DataSpec(events, experiments, zipf, partitions, other, outOfOrder, duplicates, hot, seed);
    }

    private static void between(List<String> problems, String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            problems.add(name + " is " + number(value) + ": give " + number(least) + " to " + number(most));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}

package dev.afterglow.alerts.cleanup;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * What clients spent on an experiment, as far as their events say. It is a measurement: a sum that does not fit a long
 * stays at its maximum.
 *
 * @param micros time that evaluations added to pages, in microseconds; 0 or more
 * @param bytes shipped to clients; 0 or more
 */
public record Overhead(long micros, long bytes) {

    /** Whether any event said anything. */
    public boolean isKnown() {
        return micros != 0 || bytes != 0;
    }

    /** Adds more of both, of 0 or more each. */
    public Overhead plus(long moreMicros, long moreBytes) {
        return new Overhead(sum(micros, moreMicros), sum(bytes, moreBytes));
    }

    /** For people, in two figures: {@code it added 3.2 h to pages and shipped 41 MB}. */
    public String inWords() {
        var added = "added " + time(micros) + " to pages";
        var shipped = "shipped " + size(bytes);
        return "it " + (bytes == 0 ? added : micros == 0 ? shipped : added + " and " + shipped);
    }

    private static String time(long micros) {
        return rounded(micros, List.of(1_000L, 1_000L, 60L, 60L, 24L), List.of("µs", "ms", "s", "min", "h", "days"));
    }

    private static String size(long bytes) {
        return rounded(bytes, List.of(1_000L, 1_000L, 1_000L, 1_000L), List.of("bytes", "kB", "MB", "GB", "TB"));
    }

    private static String rounded(long number, List<Long> steps, List<String> units) {
        var left = BigDecimal.valueOf(number);
        int unit = 0;
        while (unit < steps.size() && left.compareTo(BigDecimal.valueOf(steps.get(unit))) >= 0) {
            left = left.divide(BigDecimal.valueOf(steps.get(unit)), MathContext.DECIMAL64);
            unit++;
        }
        return left.round(new MathContext(2)).toPlainString() + ' ' + units.get(unit);
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}

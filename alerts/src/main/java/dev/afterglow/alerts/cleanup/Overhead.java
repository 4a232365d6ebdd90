package dev.afterglow.alerts.cleanup;

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

    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}

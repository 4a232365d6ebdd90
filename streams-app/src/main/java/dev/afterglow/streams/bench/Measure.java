package dev.afterglow.streams.bench;

/**
 * What a run took.
 *
 * @param throughput events a second
 * @param cpu CPU seconds of the process per million events
 * @param broker CPU seconds of the broker per million events
 */
record Measure(double throughput, double cpu, double broker) {

    private static final double MILLION = 1e6;
    private static final double NANOS = 1e9;

    /** Between two looks, over the events consumed between them; all NaN when there is nothing between them. */
    static Measure between(Sample from, Sample to) {
        var events = to.consumed() - from.consumed();
        var nanos = to.nanos() - from.nanos();
        if (events <= 0 || nanos <= 0) {
            return new Measure(Double.NaN, Double.NaN, Double.NaN);
        }
        var millions = events / MILLION;
        return new Measure(
                events * NANOS / nanos, (to.cpu() - from.cpu()) / millions, (to.broker() - from.broker()) / millions);
    }
}

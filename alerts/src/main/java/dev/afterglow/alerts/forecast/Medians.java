package dev.afterglow.alerts.forecast;

import java.util.stream.DoubleStream;

/** The median of some values. */
final class Medians {

    private Medians() {}

    /** The middle of the values, the mean of the two middle ones when they are even; 0 when there are none. */
    static double of(DoubleStream values) {
        var sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}

package dev.afterglow.streams.bench;

import java.util.Arrays;
import java.util.Collection;

/**
 * Several runs of one thing. NaN stands for a figure that could not be had.
 *
 * @param median of an even number the mean of the two in the middle
 * @param least smallest
 * @param most largest
 * @param runs how many runs had a figure
 */
record Figures(double median, double least, double most, int runs) {

    static Figures of(Collection<Double> values) {
        var sorted = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Figures(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        int middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figures(median, sorted[0], Arrays.stream(sorted).max().getAsDouble(), sorted.length);
    }
}

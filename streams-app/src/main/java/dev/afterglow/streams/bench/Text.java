package dev.afterglow.streams.bench;

import java.util.Locale;

/** Figures in cells. */
final class Text {

    private Text() {}

    /** A figure with so many digits after the point; a dash for one that could not be had. */
    static String number(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /** The median, and of several runs the smallest and the largest. */
    static String range(Figures figures, int digits) {
        var median = number(figures.median(), digits);
        return figures.runs() < 2
                ? median
                : median + " (" + number(figures.least(), digits) + "-" + number(figures.most(), digits) + ")";
    }
}

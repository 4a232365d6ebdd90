package dev.afterglow.streams.demo;

import java.time.Instant;
import java.util.Comparator;

/**
 * Where an impression of an experiment is counted.
 *
 * @param variant the variant
 * @param hour start of the UTC hour
 */
record Cell(String variant, Instant hour) {

    /** By hour, then variant. */
    static final Comparator<Cell> ORDER = Comparator.comparing(Cell::hour).thenComparing(Cell::variant);
}

package dev.afterglow.streams.bench;

import java.util.Optional;

/** One way to count. */
interface BenchCase {

    /** For the table and for {@code --cases}. */
    String name();

    /** What a right result is; empty for a case that has no result. */
    Optional<Tally> expected(DataSet data);

    /**
     * Starts it.
     *
     * @param run tells this run from all others; part of names of topics and files
     */
    Running start(Place place, DataSet data, String run);
}

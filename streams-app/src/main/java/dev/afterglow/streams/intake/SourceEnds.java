package dev.afterglow.streams.intake;

import java.time.Instant;
import java.util.Optional;

/** Knows when a source partition has been read to its end. */
public interface SourceEnds {

    /**
     * The newest time as of which nothing of a partition was left to read.
     *
     * @param partition of the source topic
     * @param nextOffset the first offset that has not been read
     * @return empty when there is more to read, or when it is not known yet
     */
    Optional<Instant> drainedAsOf(int partition, long nextOffset);
}

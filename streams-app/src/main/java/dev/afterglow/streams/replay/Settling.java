package dev.afterglow.streams.replay;

import java.time.Duration;
import java.time.Instant;

/** Knows when the pipeline has settled. */
@FunctionalInterface
public interface Settling extends AutoCloseable {

    /**
     * Waits until everything that arrived up to a time has reached the outputs.
     *
     * @param newestArrival record timestamp of the newest event of interest
     * @param timeout how long to wait at most
     * @return whether it has; false when the time was up before
     * @throws InterruptedException when the thread is asked to stop
     */
    boolean await(Instant newestArrival, Duration timeout) throws InterruptedException;

    /** Lets go of what it is connected to. */
    @Override
    default void close() {}
}

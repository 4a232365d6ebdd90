package dev.afterglow.streams.bench;

/**
 * One look at a running case.
 *
 * @param nanos {@code System.nanoTime()}
 * @param consumed source records that are done with
 * @param sum events counted so far, where that can be seen
 * @param cpu CPU seconds of the case's process
 * @param broker CPU seconds of the broker's process
 */
record Sample(long nanos, long consumed, long sum, double cpu, double broker) {

    boolean sameProgress(Sample other) {
        return consumed == other.consumed && sum == other.sum;
    }
}

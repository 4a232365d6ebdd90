package dev.afterglow.streams.bench;

/** Watches a running case from outside. Used by one thread. */
interface Observer extends AutoCloseable {

    /** Source records done with, as far as is known. */
    long consumed();

    /** Events counted in what has been published, or 0 where that cannot be seen before the end. */
    long sum();

    /** Whether all is done, as far as can be told; then no more is expected. */
    boolean complete();

    /** Whether a case that has consumed all, and has been silent for long, has to be taken for done: it may have lost some. */
    boolean mayLose();

    /** The result; empty for a case that has none. */
    Tally result();

    @Override
    void close();
}

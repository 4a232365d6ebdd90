package dev.afterglow.streams.bench;

/** What a benchmark is about. */
public enum Measurement {
    /** Afterglow beside its rivals. */
    CASES,
    /** Afterglow with more of everything. */
    GROWTH,
    /** Afterglow after a kill -9. */
    RESTART
}

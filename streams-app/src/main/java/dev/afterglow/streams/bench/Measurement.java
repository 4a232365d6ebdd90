package dev.afterglow.streams.bench;

/** What a benchmark is about. */
public enum Measurement {
    /** Afterglow beside its rivals. */
    CASES,
    /** Afterglow with more events. */
    EVENTS,
    /** Afterglow with more experiments, and with a hot one. */
    EXPERIMENTS,
    /** Afterglow with longer horizons for duplicates. */
    HORIZONS,
    /** Afterglow after a kill -9. */
    RESTART
}

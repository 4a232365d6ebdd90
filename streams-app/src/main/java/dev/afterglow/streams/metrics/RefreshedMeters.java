package dev.afterglow.streams.metrics;

import io.micrometer.core.instrument.binder.MeterBinder;

/** Meters whose values, and whose labels, are looked up once per scrape. */
interface RefreshedMeters extends MeterBinder {

    /** Looks them up. */
    void refresh();
}

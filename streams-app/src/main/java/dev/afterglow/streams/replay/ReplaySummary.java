package dev.afterglow.streams.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a replay went.
 *
 * @param rows rows read
 * @param sent events that the brokers have acknowledged
 * @param skipped rows that could not become events
 * @param newestArrival greatest record timestamp that the brokers gave; empty when nothing was acknowledged
 * @param failure what ended the sending early, when something did
 * @param took how long it took
 */
public record ReplaySummary(
        long rows,
        long sent,
        long skipped,
        Optional<Instant> newestArrival,
        Optional<Exception> failure,
        Duration took) {

    /** Whether every good row has been acknowledged. */
    public boolean complete() {
        return failure.isEmpty() && sent + skipped == rows;
    }

    /** For people: sent, skipped, rate. */
    @Override
    public String toString() {
        double seconds = Math.max(took.toMillis(), 1) / 1000.0;
        return String.format(
                Locale.ROOT,
                "%,d rows: %,d sent, %,d skipped as bad, in %.1f s (%,.0f per second)",
                rows,
                sent,
                skipped,
                seconds,
                sent / seconds);
    }
}

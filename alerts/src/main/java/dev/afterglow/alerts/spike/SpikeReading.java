package dev.afterglow.alerts.spike;

import java.time.Instant;
import java.util.Optional;

/**
 * What was seen of a subject in the quarter-hour that is told of.
 *
 * @param quarterEnd end of the quarter-hour
 * @param impressions its impressions
 * @param usual what is usual at its time; empty when too little is known
 * @param accountImpressions impressions of the whole account in it
 * @param others how many more experiments spike without an alert of their own
 */
public record SpikeReading(
        Instant quarterEnd, long impressions, Optional<Usual> usual, long accountImpressions, int others) {

    long level() {
        return usual.map(Usual::level).orElse(0L);
    }

    long excess() {
        return Math.max(0, impressions - level());
    }
}

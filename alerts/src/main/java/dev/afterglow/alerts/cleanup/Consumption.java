package dev.afterglow.alerts.cleanup;

import java.time.Instant;
import java.util.Optional;

/** What may be asked about the traffic of one experiment. All answers come from complete quarter-hours. */
public interface Consumption {

    /**
     * Impressions of the experiment.
     *
     * @param from start, a full quarter-hour, inclusive
     * @param to end, a full quarter-hour, exclusive
     * @return 0 or more
     */
    long impressions(Instant from, Instant to);

    /** The start of the oldest quarter-hour with impressions of the experiment that starts before an instant. */
    Optional<Instant> firstTraffic(Instant before);

    /** The end of the newest quarter-hour with impressions of the experiment that starts before an instant. */
    Optional<Instant> lastTraffic(Instant before);
}

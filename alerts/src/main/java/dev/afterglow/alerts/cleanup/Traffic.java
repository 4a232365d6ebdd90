package dev.afterglow.alerts.cleanup;

import java.time.Instant;
import java.util.Optional;

/** What a judge may ask about the traffic of an experiment and its project. All answers come from complete quarter-hours. */
public interface Traffic {

    /**
     * Impressions of the experiment.
     *
     * @param from start, a full quarter-hour, inclusive
     * @param to end, a full quarter-hour, exclusive
     * @return 0 or more
     */
    long impressions(Instant from, Instant to);

    /** The end of the newest quarter-hour with impressions of the experiment that starts before an instant. */
    Optional<Instant> lastTraffic(Instant before);

    /**
     * Whether the other traffic of the project runs at a fifth of its usual rate or more. If not, silence proves nothing.
     *
     * @param at a full UTC hour
     */
    boolean projectFlows(Instant at);
}

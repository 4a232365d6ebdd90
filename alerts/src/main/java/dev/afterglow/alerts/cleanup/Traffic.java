package dev.afterglow.alerts.cleanup;

import java.time.Instant;

/** What a judge may ask about the traffic of an experiment and its project. All answers come from complete quarter-hours. */
public interface Traffic extends Consumption {

    /**
     * Whether the other traffic of the project runs at a fifth of its usual rate or more. If not, silence proves nothing.
     *
     * @param at a full UTC hour
     */
    boolean projectFlows(Instant at);
}

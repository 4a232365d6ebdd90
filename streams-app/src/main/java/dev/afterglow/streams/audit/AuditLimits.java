package dev.afterglow.streams.audit;

import java.time.Duration;

/**
 * The limits of the rules that are recounted.
 *
 * @param lateness how long before its arrival an event may have happened, unless it is backfill
 * @param futureTolerance by how much it may claim to have happened after its arrival
 * @param horizonHours full hours for which an id is remembered after the hour in which it arrived, 1 or more
 */
record AuditLimits(Duration lateness, Duration futureTolerance, int horizonHours) {

    /** What a project gets that says nothing of its own. */
    static final int DEFAULT_HORIZON_HOURS = 24;

    /** For how long what a policy counts once is remembered: as long as a repeat of it may still arrive. */
    Duration repeatHorizon() {
        return lateness.plus(futureTolerance).plusHours(horizonHours);
    }
}

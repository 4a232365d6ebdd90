package dev.afterglow.streams.cost;

import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;

/**
 * A time at which a budget is judged.
 *
 * @param upTo end of the quarter-hour up to which spend counts; not after the end of its period
 * @param at what alerts are dated with
 * @param isInTime whether it is judged for the first time up to there, in the order of time
 */
record Moment(Instant upTo, Instant at, boolean isInTime) {

    /** The quarter-hour that ends there is complete. */
    static Moment inTime(Instant quarterEnd) {
        return new Moment(quarterEnd, quarterEnd, true);
    }

    /**
     * All that is complete has been judged, and something of it changed.
     *
     * @param periodEnd end of the period that is judged
     */
    static Moment again(Instant watermark, Instant periodEnd) {
        var upTo = Quarters.quarterOf(watermark.minus(QuarterWatch.SETTLE));
        if (!upTo.isBefore(periodEnd)) {
            return new Moment(periodEnd, watermark, false);
        }
        // Not later than what the next quarter-hour brings: alerts of a budget come in the order of their times.
        var next = upTo.plusMillis(Quarters.MILLIS);
        return new Moment(upTo, watermark.isBefore(next) ? watermark : next, false);
    }
}

package dev.afterglow.streams.demo;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.YearMonth;
import java.util.Map;

/**
 * What an account owes for a month, and who caused it.
 *
 * @param account slug of the account
 * @param period the month, in the calendar of the account
 * @param currency ISO 4217 code
 * @param impressions impressions of the month
 * @param costMicros their cost in micro-units
 * @param wastedMicros what its leftover impressions cost at the margin
 * @param lines the shares
 */
record Bill(
        String account,
        YearMonth period,
        String currency,
        long impressions,
        long costMicros,
        long wastedMicros,
        Map<ExperimentKey, Line> lines) {

    Bill {
        lines = Map.copyOf(lines);
    }

    /**
     * The share of an experiment.
     *
     * @param impressions its impressions
     * @param costMicros its share of the cost
     * @param wastedMicros its share of the waste
     */
    record Line(long impressions, long costMicros, long wastedMicros) {}

    /** A share of zero, for an experiment that has no line. */
    Line line(ExperimentKey experiment) {
        return lines.getOrDefault(experiment, new Line(0, 0, 0));
    }
}

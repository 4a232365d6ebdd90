package dev.afterglow.alerts.spike;

/**
 * From which excess on a quarter-hour is a spike. The package description says why.
 *
 * @param minimumImpressions least impressions above the usual; 1 or more
 */
public record SpikeRules(long minimumImpressions) {

    /** Least earlier days that make a usual. */
    public static final int LEAST_DAYS = 3;

    /** Most earlier days that are looked at. */
    public static final int MOST_DAYS = 14;

    /** Quarter-hours in a row far above the usual that open an alert. */
    static final int SUSTAINED = 2;

    /** Quarter-hours in a row that end an alert. */
    static final int CALM = 8;

    /** What is usual unless set otherwise. */
    public static final SpikeRules DEFAULTS = new SpikeRules(1_000);

    /** 3 * 1.4826, in ten-thousandths. */
    private static final long DEVIATIONS = 44_478;

    private static final long TEN_THOUSAND = 10_000;

    /** @throws IllegalArgumentException when the minimum is below 1 */
    public SpikeRules {
        if (minimumImpressions < 1) {
            throw new IllegalArgumentException("a minimum of " + minimumImpressions + " impressions is below 1");
        }
    }

    /** Excess over the usual, in impressions, that makes a spike; {@link Long#MAX_VALUE} where it is beyond. */
    public long excessNeeded(Usual usual) {
        long byDeviation = times(usual.deviation(), DEVIATIONS, TEN_THOUSAND);
        long byLevel = times(usual.level(), 3, 2);
        return Math.max(minimumImpressions, Math.max(byDeviation, byLevel));
    }

    private static long times(long value, long numerator, long denominator) {
        return value <= Long.MAX_VALUE / numerator ? value * numerator / denominator : Long.MAX_VALUE;
    }
}

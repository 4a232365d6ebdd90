package dev.afterglow.alerts.budget;

import dev.afterglow.contract.Severity;
import java.math.BigInteger;
import java.util.List;

/** Arithmetic of thresholds in percent. */
final class Thresholds {

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

    private Thresholds() {}

    /**
     * Whole percent of the amount that are spent, rounded down, {@link Integer#MAX_VALUE} at most. Thresholds are whole
     * numbers, so that comparing them with this is the same as comparing the exact products.
     */
    static int percent(long spend, long amount) {
        if (spend <= Long.MAX_VALUE / 100) {
            return (int) Math.min(Integer.MAX_VALUE, spend * 100 / amount);
        }
        return BigInteger.valueOf(spend)
                .multiply(HUNDRED)
                .divide(BigInteger.valueOf(amount))
                .min(LARGEST)
                .intValue();
    }

    /** Highest threshold reached; 0 when none is. */
    static int highestReached(int percent, List<Integer> thresholds) {
        if (thresholds == null || thresholds.isEmpty()) {
            return 0;
        }
        int highest = percent >= 200 ? percent / 100 * 100 : 0;
        for (int threshold : thresholds) {
            if (threshold <= percent) {
                highest = Math.max(highest, threshold);
            }
        }
        return highest;
    }

    /** By the threshold and not by the spend: the spend at the moment of judging may differ between replays. */
    static Severity severity(int threshold) {
        if (threshold < 80) {
            return Severity.INFO;
        }
        return threshold < 100 ? Severity.WARNING : Severity.CRITICAL;
    }
}

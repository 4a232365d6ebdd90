package dev.afterglow.alerts.spike;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * Spreads the sum of a day over its quarter-hours where only the sum is known: {@code 1 + 0.6 cos(2 pi (t - 20 h) / 24 h)},
 * quietest at 8:00 and busiest, four times that, at 20:00 UTC; each quarter-hour up to 20 % more or less by a chance that
 * depends on nothing but the date and {@value #SEED}. The parts sum to the whole.
 */
final class DayPattern {

    static final int QUARTERS = 96;

    private static final long SEED = 20130101;
    private static final double SWING = 0.6;
    private static final double BUSIEST = 80;
    private static final double CHANCE = 0.2;
    private static final double SCALE = 1_000_000;

    private DayPattern() {}

    static long[] spread(LocalDate day, long sum) {
        var chance = new SplittableRandom(SEED * 31 + day.toEpochDay());
        long[] weights = new long[QUARTERS + 1];
        for (int i = 0; i < QUARTERS; i++) {
            double usual = 1 + SWING * StrictMath.cos(2 * StrictMath.PI * (i - BUSIEST) / QUARTERS);
            double factor = 1 + CHANCE * (2 * chance.nextDouble() - 1);
            weights[i + 1] = weights[i] + (long) (usual * factor * SCALE);
        }
        long[] quarters = new long[QUARTERS];
        long given = 0;
        for (int i = 0; i < QUARTERS; i++) {
            long upTo = BigInteger.valueOf(sum)
                    .multiply(BigInteger.valueOf(weights[i + 1]))
                    .divide(BigInteger.valueOf(weights[QUARTERS]))
                    .longValueExact();
            quarters[i] = upTo - given;
            given = upTo;
        }
        return quarters;
    }
}

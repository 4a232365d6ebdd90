package dev.afterglow.alerts.money;

/** Sums of impressions that say so when they overflow. */
final class Counts {

    private Counts() {}

    static long plus(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw new ArithmeticException("the impressions of a period do not fit 64 bits: " + a + " + " + b);
        }
        return sum;
    }
}

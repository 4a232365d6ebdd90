package dev.afterglow.alerts.money;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Splits a whole into parts that sum to it exactly. */
public final class Shares {

    private Shares() {}

    /**
     * Splits by the method of the largest remainder (Hamilton's): each part gets the whole number below its quota
     * {@code total * weight / sum of weights}; what is left over goes, one unit each, to the largest remainders, of equal
     * ones to the lower index. A part of weight 0 gets nothing.
     *
     * @param total what is split; 0 or more
     * @param weights weights of the parts; 0 or more each, not all 0 unless the total is
     * @return the parts, in the order of the weights
     * @throws IllegalArgumentException when an argument is out of its range
     */
    public static long[] byLargestRemainder(long total, long[] weights) {
        var sum = sum(total, weights);
        var parts = new long[weights.length];
        if (total == 0) {
            return parts;
        }
        if (sum.signum() == 0) {
            throw new IllegalArgumentException("nothing to split " + total + " by: all weights are 0");
        }
        long left;
        Integer[] byRemainder;
        if (sum.bitLength() <= 63) {
            var remainders = new long[weights.length];
            left = divide(total, weights, sum.longValue(), parts, remainders);
            byRemainder = order(weights.length, (a, b) -> Long.compare(remainders[b], remainders[a]), left);
        } else {
            var remainders = new BigInteger[weights.length];
            left = total;
            for (int i = 0; i < weights.length; i++) {
                var quota = product(total, weights[i]).divideAndRemainder(sum);
                parts[i] = quota[0].longValue();
                remainders[i] = quota[1];
                left -= parts[i];
            }
            byRemainder = order(weights.length, (a, b) -> remainders[b].compareTo(remainders[a]), left);
        }
        for (int i = 0; i < left; i++) {
            parts[byRemainder[i]]++;
        }
        return parts;
    }

    /** Fills parts and remainders and returns what is left over; 64-bit arithmetic wherever the product fits. */
    private static long divide(long total, long[] weights, long sum, long[] parts, long[] remainders) {
        long left = total;
        var wideSum = BigInteger.valueOf(sum);
        for (int i = 0; i < weights.length; i++) {
            long low = total * weights[i];
            if (low >= 0 && Math.multiplyHigh(total, weights[i]) == 0) {
                parts[i] = low / sum;
                remainders[i] = low % sum;
            } else {
                var quota = product(total, weights[i]).divideAndRemainder(wideSum);
                parts[i] = quota[0].longValue();
                remainders[i] = quota[1].longValue();
            }
            left -= parts[i];
        }
        return left;
    }

    private static Integer[] order(int length, Comparator<Integer> byRemainder, long left) {
        var indexes = IntStream.range(0, length).boxed().toArray(Integer[]::new);
        if (left > 0) {
            // A stable sort keeps equal remainders in the order of their index.
            Arrays.sort(indexes, byRemainder);
        }
        return indexes;
    }

    private static BigInteger sum(long total, long[] weights) {
        if (total < 0) {
            throw new IllegalArgumentException("total " + total + " is below 0");
        }
        var sum = BigInteger.ZERO;
        long partial = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] < 0) {
                throw new IllegalArgumentException("weight " + i + " is below 0: " + weights[i]);
            }
            if (partial > Long.MAX_VALUE - weights[i]) {
                sum = sum.add(BigInteger.valueOf(partial));
                partial = 0;
            }
            partial += weights[i];
        }
        return sum.add(BigInteger.valueOf(partial));
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }
}

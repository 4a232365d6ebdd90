package dev.afterglow.alerts.money;

import java.math.BigInteger;

/**
 * An exact amount of micro-units of a currency, as a fraction that is never rounded until asked.
 *
 * @param numerator micro-units times the denominator; 0 or more
 * @param denominator 1 or more
 */
public record ExactMicros(BigInteger numerator, BigInteger denominator) implements Comparable<ExactMicros> {

    /** Nothing. */
    public static final ExactMicros ZERO = new ExactMicros(BigInteger.ZERO, BigInteger.ONE);

    /** @throws IllegalArgumentException when the amount is negative or the denominator is not positive */
    public ExactMicros {
        if (numerator.signum() < 0 || denominator.signum() <= 0) {
            throw new IllegalArgumentException("no amount: " + numerator + "/" + denominator);
        }
    }

    /** Whether it is nothing. */
    public boolean isZero() {
        return numerator.signum() == 0;
    }

    /** By the amount: fractions that are equal compare as equal, though the records are not. */
    @Override
    public int compareTo(ExactMicros other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    /** The greater of the two. */
    public ExactMicros max(ExactMicros other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The exact difference; nothing where the other is greater. */
    public ExactMicros less(ExactMicros other) {
        return compareTo(other) <= 0
                ? ZERO
                : new ExactMicros(
                        numerator.multiply(other.denominator).subtract(other.numerator.multiply(denominator)),
                        denominator.multiply(other.denominator));
    }

    /** The exact sum. */
    public ExactMicros plus(ExactMicros other) {
        if (denominator.equals(other.denominator)) {
            return new ExactMicros(numerator.add(other.numerator), denominator);
        }
        var common = denominator.divide(denominator.gcd(other.denominator)).multiply(other.denominator);
        var sum = numerator
                .multiply(common.divide(denominator))
                .add(other.numerator.multiply(common.divide(other.denominator)));
        return new ExactMicros(sum, common);
    }

    /**
     * Whole micro-units, rounded half up.
     *
     * @throws ArithmeticException when they do not fit 64 bits
     */
    public long rounded() {
        var whole = numerator.shiftLeft(1).add(denominator).divide(denominator.shiftLeft(1));
        if (whole.bitLength() > 63) {
            throw new ArithmeticException("a cost of " + whole
                    + " micro-units does not fit 64 bits: check priceMicros, perImpressions, flatFeeMicros and minimumMicros"
                    + " of the price plan");
        }
        return whole.longValue();
    }
}

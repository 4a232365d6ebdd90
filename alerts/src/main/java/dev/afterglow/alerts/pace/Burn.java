package dev.afterglow.alerts.pace;

import dev.afterglow.alerts.time.UtcGrid;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How fast a budget is spent by the windows of a rule, at the end of a quarter-hour. Exact: parts are never divided first. */
record Burn(PaceRule rule, SpendCurve spend, long amount, Instant at) {

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    /** Whether both windows are at a part of the limit or above. */
    boolean isAt(int percentOfLimit) {
        return isAt(rule.slow(), percentOfLimit) && isAt(rule.fast(), percentOfLimit);
    }

    /** Whether the budget is used up before the period ends, or is already, if it goes on like in the slow window. */
    boolean usesUp() {
        return usedUpAt().isPresent();
    }

    /** When the budget is used up at the rate of the slow window; empty when the period ends before that. */
    Optional<Instant> usedUpAt() {
        long left = amount - spend.until(at);
        if (left <= 0) {
            return Optional.of(firstUsedUp());
        }
        long spent = spentIn(rule.slow());
        if (spent <= 0) {
            return Optional.empty();
        }
        var millis = BigInteger.valueOf(left)
                .multiply(BigInteger.valueOf(rule.slow().toMillis()))
                .divide(BigInteger.valueOf(spent));
        long toEnd = Duration.between(at, spend.end()).toMillis();
        return millis.compareTo(BigInteger.valueOf(toEnd)) < 0
                ? Optional.of(at.plusMillis(millis.longValueExact()))
                : Optional.empty();
    }

    /** Start of the first quarter-hour of the slow window that was at the limit or above. */
    Instant since() {
        var first = latest(at.minus(rule.slow()), spend.start());
        long before = spend.until(first);
        for (var quarter = first; quarter.isBefore(at); quarter = quarter.plus(UtcGrid.QUARTER)) {
            long after = spend.until(quarter.plus(UtcGrid.QUARTER));
            if (reaches(after - before, UtcGrid.QUARTER, 100)) {
                return quarter;
            }
            before = after;
        }
        return first;
    }

    long fastPercent() {
        return percentOfEven(spentIn(rule.fast()), rule.fast());
    }

    long slowPercent() {
        return percentOfEven(spentIn(rule.slow()), rule.slow());
    }

    /** The limit as a rate: percent of the amount in the slow window, in percent of the even pace. */
    long limitPercent() {
        return rule.percent() * length().toMillis() / rule.slow().toMillis();
    }

    private boolean isAt(Duration window, int percentOfLimit) {
        return reaches(spentIn(window), window, percentOfLimit);
    }

    /** {@code spent / window >= amount * percent / slow}, in parts of hundred. */
    private boolean reaches(long spent, Duration window, int percentOfLimit) {
        var spentAs =
                BigInteger.valueOf(spent).multiply(HUNDRED).multiply(HUNDRED).multiply(millis(rule.slow()));
        var limit = BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf((long) rule.percent() * percentOfLimit))
                .multiply(millis(window));
        return spentAs.compareTo(limit) >= 0;
    }

    private long percentOfEven(long spent, Duration window) {
        return BigInteger.valueOf(spent)
                .multiply(HUNDRED)
                .multiply(millis(length()))
                .divide(BigInteger.valueOf(amount).multiply(millis(window)))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    /** The bill of others may make the share of a scope cheaper; that is no spend below zero. */
    private long spentIn(Duration window) {
        return Math.max(0, spend.until(at) - spend.until(at.minus(window)));
    }

    private Instant firstUsedUp() {
        var used = at;
        while (used.isAfter(spend.start()) && spend.until(used.minus(UtcGrid.QUARTER)) >= amount) {
            used = used.minus(UtcGrid.QUARTER);
        }
        return used;
    }

    private Duration length() {
        return Duration.between(spend.start(), spend.end());
    }

    private static BigInteger millis(Duration duration) {
        return BigInteger.valueOf(duration.toMillis());
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

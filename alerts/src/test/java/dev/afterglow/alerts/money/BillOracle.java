package dev.afterglow.alerts.money;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.PricePlan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

/**
 * What an account owes by a plain program: usage one impression after the other, fee and minimum one quarter-hour after the
 * other. Without anything of what it judges.
 */
final class BillOracle {

    private static final long QUARTER = 900_000;

    private final RandomHistory random;
    private final BigDecimal fee;
    private final BigDecimal minimum;
    private final BigDecimal quarters;

    /** Walks through the quarter-hours of a history where they matter. */
    BillOracle(RandomHistory random) {
        this.random = random;
        long[] sums = {0, 0, 1};
        if (random.plans.stream().anyMatch(plan -> plan.getFlatFeeMicros() + plan.getMinimumMicros() > 0)) {
            sums = addUp();
        }
        fee = BigDecimal.valueOf(sums[0]);
        minimum = BigDecimal.valueOf(sums[1]);
        quarters = BigDecimal.valueOf(sums[2]);
    }

    /** Fees and minima of the quarter-hours of the month, each as if it were the whole month, and how many there are. */
    private long[] addUp() {
        long[] sums = new long[3];
        long from = random.month.atDay(1).toEpochDay() - 2;
        long to = random.month.plusMonths(1).atDay(1).toEpochDay() + 2;
        PricePlan plan = null;
        long known = Long.MIN_VALUE;
        long start = 0;
        long end = 0;
        for (long at = from * 86_400_000; at < to * 86_400_000; at += QUARTER) {
            if (at >= known) {
                var instant = Instant.ofEpochMilli(at);
                plan = inForce(random.plans, instant);
                known = nextChange(at, plan);
                start = firstOf(random.month, zone(plan));
                end = firstOf(random.month.plusMonths(1), zone(plan));
            }
            if (at >= start && at < end) {
                sums[0] += plan == null ? 0 : plan.getFlatFeeMicros();
                sums[1] += plan == null ? 0 : plan.getMinimumMicros();
                sums[2]++;
            }
        }
        return sums;
    }

    private static long firstOf(YearMonth month, String zone) {
        return month.atDay(1)
                        .atTime(0, 0)
                        .atZone(ZoneId.of(zone))
                        .withEarlierOffsetAtOverlap()
                        .toEpochSecond()
                * 1_000;
    }

    /** Up to when the plan in force is for certain the same. */
    private long nextChange(long at, PricePlan plan) {
        return random.plans.stream()
                .filter(other -> other != plan)
                .mapToLong(BillOracle::start)
                .filter(start -> start > at)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Scaled usage, impressions and unpriced impressions of the month. */
    long[] walk(boolean leftoversToo) {
        long[] result = new long[3];
        long position = 0;
        for (var hit : random.hits) {
            var plan = inForce(random.plans, hit.quarter());
            boolean counts = leftoversToo || !hit.leftover();
            if (counts
                    && YearMonth.from(hit.quarter().atZone(ZoneId.of(zone(plan))))
                            .equals(random.month)) {
                result[1]++;
                result[2] += plan == null ? 1 : 0;
                result[0] += plan == null ? 0 : scaledPrice(plan, ++position);
            }
        }
        return result;
    }

    /** What is owed when the usage is so much, rounded half up. */
    long owed(long scaledUsage) {
        // Over the common denominator of SCALE and the number of quarter-hours.
        var scale = BigDecimal.valueOf(RandomHistory.SCALE);
        var usage = BigDecimal.valueOf(scaledUsage).multiply(quarters);
        var owed = usage.add(fee.multiply(scale)).max(minimum.multiply(scale));
        return owed.divide(scale.multiply(quarters), 0, RoundingMode.HALF_UP).longValueExact();
    }

    /** The usage alone, rounded half up. */
    static long rounded(long scaledUsage) {
        return (scaledUsage + RandomHistory.SCALE / 2) / RandomHistory.SCALE;
    }

    private static String zone(PricePlan plan) {
        return plan == null ? "UTC" : plan.getZone();
    }

    private static PricePlan inForce(List<PricePlan> plans, Instant quarter) {
        PricePlan best = null;
        for (var plan : plans) {
            long bestStart = best == null ? Long.MIN_VALUE : start(best);
            boolean begun = start(plan) <= quarter.toEpochMilli();
            boolean later = start(plan) > bestStart;
            if (begun && (later || start(plan) == bestStart && plan.getVersion() > best.getVersion())) {
                best = plan;
            }
        }
        return best;
    }

    private static long start(PricePlan plan) {
        return -Math.floorDiv(-plan.getEffectiveFrom().toEpochMilli(), QUARTER) * QUARTER;
    }

    private static long scaledPrice(PricePlan plan, long position) {
        if (position <= plan.getIncludedImpressions()) {
            return 0;
        }
        long before = plan.getIncludedImpressions();
        for (var tier : plan.getTiers()) {
            if (tier.getUpTo() == null || position <= tier.getUpTo()) {
                if (plan.getBlockRounding() == BlockRounding.PRO_RATA) {
                    return tier.getPriceMicros() * (RandomHistory.SCALE / tier.getPerImpressions());
                }
                // A whole block with its first impression, nothing with the others.
                boolean first = (position - before - 1) % tier.getPerImpressions() == 0;
                return first ? tier.getPriceMicros() * RandomHistory.SCALE : 0;
            }
            before = Math.max(before, tier.getUpTo());
        }
        throw new AssertionError("no tier for " + position);
    }
}

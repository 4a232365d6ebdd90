package dev.afterglow.streams.demo;

import dev.afterglow.contract.PricePlan;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Prices a month the plain way, in integers without bounds. On purpose it shares nothing with the pricing that it is there
 * to check.
 */
final class Cashier {

    private final PricePlan plan;

    Cashier(PricePlan plan) {
        this.plan = plan;
    }

    /**
     * The bill of a month.
     *
     * @param impressions impressions of every experiment
     * @param leftovers those of them that are leftovers; experiments without any may be missing
     */
    Bill bill(YearMonth period, Map<ExperimentKey, Long> impressions, Map<ExperimentKey, Long> leftovers) {
        var total = sum(impressions);
        var cost = price(total);
        var wasted = cost.subtract(price(total.subtract(sum(leftovers))));
        var costs = shares(cost, impressions);
        var wastes = shares(wasted, leftovers);
        var lines = new HashMap<ExperimentKey, Bill.Line>();
        impressions.forEach((experiment, count) -> lines.put(
                experiment,
                new Bill.Line(count, costs.getOrDefault(experiment, 0L), wastes.getOrDefault(experiment, 0L))));
        return new Bill(
                plan.getAccount(),
                period,
                plan.getCurrency(),
                total.longValueExact(),
                cost.longValueExact(),
                wasted.longValueExact(),
                lines);
    }

    /**
     * The price of so many impressions, in micro-units.
     *
     * @throws ArithmeticException when the plan does not price every impression at whole micro-units: what rounding is
     *     right is not for the demo to say
     */
    private BigInteger price(BigInteger impressions) {
        var price = BigInteger.ZERO;
        var from = BigInteger.valueOf(plan.getIncludedImpressions());
        for (var tier : plan.getTiers()) {
            var upTo = tier.getUpTo() == null ? impressions : impressions.min(BigInteger.valueOf(tier.getUpTo()));
            if (upTo.compareTo(from) > 0) {
                var each = BigInteger.valueOf(tier.getPriceMicros())
                        .divideAndRemainder(BigInteger.valueOf(tier.getPerImpressions()));
                if (each[1].signum() != 0) {
                    throw new ArithmeticException("a tier of the demo's plan has a part of a micro-unit as its price");
                }
                price = price.add(upTo.subtract(from).multiply(each[0]));
                from = upTo;
            }
        }
        return price;
    }

    /** Largest remainder: everybody gets the floor of the share, and the largest fractions one more each. */
    private static Map<ExperimentKey, Long> shares(BigInteger amount, Map<ExperimentKey, Long> weights) {
        var total = sum(weights);
        var shares = new HashMap<ExperimentKey, Long>();
        if (total.signum() == 0) {
            return shares;
        }
        var fractions = new HashMap<ExperimentKey, BigInteger>();
        var given = BigInteger.ZERO;
        for (var entry : weights.entrySet()) {
            var parts = amount.multiply(BigInteger.valueOf(entry.getValue())).divideAndRemainder(total);
            shares.put(entry.getKey(), parts[0].longValueExact());
            fractions.put(entry.getKey(), parts[1]);
            given = given.add(parts[0]);
        }
        var order = Comparator.<ExperimentKey, BigInteger>comparing(fractions::get)
                .reversed()
                .thenComparing(ExperimentKey::toString);
        fractions.keySet().stream()
                .sorted(order)
                .limit(amount.subtract(given).longValueExact())
                .forEach(experiment -> shares.merge(experiment, 1L, Long::sum));
        return shares;
    }

    private static BigInteger sum(Map<ExperimentKey, Long> counts) {
        return counts.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    }
}

package dev.afterglow.alerts.money;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What an account owes for a period, and the share of each experiment.
 *
 * <p>Cost and waste are rounded half up once, for the account; the shares are split from the rounded figures by
 * {@link Shares#byLargestRemainder largest remainder}, so that they sum to them exactly. Ties go to the experiment that the
 * caller names first: name them in an order that is the same on every replay.
 *
 * <p>Waste is {@code cost(all) - cost(all but the leftovers)}. An experiment's share of it may exceed its share of the cost:
 * leftovers are taken from the expensive end of the period, and a quota is used up by all. Where the plan changed in
 * mid-period, leftovers can have moved later impressions into cheaper tiers of the new plan by more than they cost; waste is
 * 0 then.
 *
 * <p>A flat fee is owed with the leftovers and without them, so it is never waste; what the minimum of the plan takes back of a
 * saving is none. Both are in the cost, and so in the shares, by impressions like the rest. Where no impression has a price,
 * all impressions share them; where there are no impressions at all, nobody has a part in what is owed, and it is the
 * account's alone.
 *
 * @param <K> what the caller calls an experiment
 * @param currency ISO 4217 code; XXX when nothing can be priced
 * @param impressions impressions of the period
 * @param costMicros what is owed for the period, fee and minimum included, micro-units
 * @param usageMicros what the impressions cost by their tiers, without fee and minimum, micro-units
 * @param leftoverImpressions leftovers among the impressions
 * @param wastedMicros what they cost at the margin, micro-units; 0 up to the cost
 * @param unpricedImpressions impressions without a price, part of the impressions
 * @param planVersion version of the plan in force at the last impressions; null when there was none
 * @param marginal price of the next impression under that plan
 * @param shares the experiments, in the order of the caller
 */
public record AccountBill<K>(
        String currency,
        long impressions,
        long costMicros,
        long usageMicros,
        long leftoverImpressions,
        long wastedMicros,
        long unpricedImpressions,
        Long planVersion,
        MarginalPrice marginal,
        List<Share<K>> shares) {

    /**
     * Share of one experiment.
     *
     * @param <K> what the caller calls an experiment
     * @param key the experiment
     * @param impressions its impressions
     * @param costMicros its part of the cost, by priced impressions
     * @param usageMicros its part of what the impressions cost without fee and minimum, likewise
     * @param leftoverImpressions its leftovers
     * @param wastedMicros its part of the waste, by priced leftovers
     */
    public record Share<K>(
            K key, long impressions, long costMicros, long usageMicros, long leftoverImpressions, long wastedMicros) {}

    /** Keeps the shares from being changed. */
    public AccountBill {
        shares = List.copyOf(shares);
    }

    /**
     * Makes the bill.
     *
     * @param pricing prices of the period
     * @param usages what each experiment used
     * @throws IllegalArgumentException when a usage does not fit the segments of the period, or is no usage
     * @throws ArithmeticException when impressions or cost do not fit 64 bits
     */
    public static <K> AccountBill<K> of(PeriodPricing pricing, List<Usage<K>> usages) {
        var sums = new Sums(pricing, usages.size());
        for (int i = 0; i < usages.size(); i++) {
            sums.add(i, usages.get(i));
        }
        long cost = pricing.cost(sums.total).rounded();
        long without = pricing.cost(sums.needed).rounded();
        long wasted = Math.max(0, cost - without);
        long usage = pricing.hasCharges() ? pricing.usage(sums.total).rounded() : cost;
        var usageShares = Shares.byLargestRemainder(usage, sums.priced);
        var costs = usage == cost ? usageShares : sums.shares(cost);
        var wastes = Shares.byLargestRemainder(wasted, sums.pricedLeftover);
        var shares = new ArrayList<Share<K>>(usages.size());
        for (int i = 0; i < usages.size(); i++) {
            shares.add(new Share<>(
                    usages.get(i).key(), sums.impressions[i], costs[i], usageShares[i], sums.leftover[i], wastes[i]));
        }
        int last = sums.lastUsed();
        return new AccountBill<>(
                pricing.currency(),
                LongStream.of(sums.total).reduce(0, Counts::plus),
                cost,
                usage,
                LongStream.of(sums.leftover).sum(),
                wasted,
                sums.unpriced(),
                pricing.segments()
                        .get(last)
                        .schedule()
                        .map(PriceSchedule::version)
                        .orElse(null),
                pricing.marginalAt(last, sums.total),
                shares);
    }

    /** Sums by segment and by experiment; arrays, since there are many experiments. */
    private static final class Sums {
        private final PeriodPricing pricing;
        private final long[] total;
        private final long[] needed;
        private final long[] impressions;
        private final long[] leftover;
        private final long[] priced;
        private final long[] pricedLeftover;

        Sums(PeriodPricing pricing, int experiments) {
            this.pricing = pricing;
            total = new long[pricing.segments().size()];
            needed = new long[total.length];
            impressions = new long[experiments];
            leftover = new long[experiments];
            priced = new long[experiments];
            pricedLeftover = new long[experiments];
        }

        void add(int experiment, Usage<?> usage) {
            usage.check(total.length);
            for (int i = 0; i < total.length; i++) {
                long all = usage.impressionsIn(i);
                long left = usage.leftoverIn(i);
                total[i] = Counts.plus(total[i], all);
                needed[i] = Counts.plus(needed[i], all - left);
                impressions[experiment] = Counts.plus(impressions[experiment], all);
                leftover[experiment] += left;
                if (pricing.isPriced(i)) {
                    priced[experiment] += all;
                    pricedLeftover[experiment] += left;
                }
            }
        }

        /** By priced impressions; where there are none, by all; nothing for anybody where there are none of these either. */
        long[] shares(long cost) {
            var weights = hasAny(priced) ? priced : impressions;
            return hasAny(weights) ? Shares.byLargestRemainder(cost, weights) : new long[weights.length];
        }

        private static boolean hasAny(long[] counts) {
            return LongStream.of(counts).anyMatch(count -> count > 0);
        }

        long unpriced() {
            long sum = 0;
            for (int i = 0; i < total.length; i++) {
                sum = pricing.isPriced(i) ? sum : Counts.plus(sum, total[i]);
            }
            return sum;
        }

        int lastUsed() {
            for (int i = total.length - 1; i > 0; i--) {
                if (total[i] > 0) {
                    return i;
                }
            }
            return 0;
        }
    }
}

package dev.afterglow.alerts.money;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import java.math.BigInteger;
import java.util.List;

/**
 * Graduated prices of one version of a price plan.
 *
 * <p>The impressions of a period stand in a row; position 1 is the first. The included quota occupies the first positions and
 * costs nothing. The bounds of the tiers count from position 1 too, the quota among them.
 *
 * <p>What a block costs that is not full is the plan's choice: its part, or all of it from its first impression on. Blocks are
 * counted from the first charged impression of each tier, so that the last one of a tier may be cut short by its bound; it
 * costs the same. A block is paid for once: where a plan takes over in its midst that has the same tiers, the rest of it is
 * paid for.
 *
 * <p>Fee and minimum are of whole periods; how they apply is told in {@link PeriodPricing}.
 */
public final class PriceSchedule {

    private final long version;
    private final String currency;
    private final long included;
    private final List<Tier> tiers;
    private final boolean wholeBlocks;
    private final BigInteger denominator;
    private final long flatFeeMicros;
    private final long minimumMicros;

    /**
     * Positions {@code (above, upTo]}; {@code scaled} is the price of one impression over the common denominator, or that of
     * a block where these are charged whole.
     */
    private record Tier(long above, long upTo, long micros, long perImpressions, BigInteger scaled) {

        /** Blocks that so many charged impressions of the tier have begun. */
        long blocks(long impressions) {
            return impressions == 0 ? 0 : (impressions - 1) / perImpressions + 1;
        }
    }

    private PriceSchedule(PricePlan plan) {
        version = plan.getVersion();
        currency = plan.getCurrency();
        included = plan.getIncludedImpressions();
        wholeBlocks = plan.getBlockRounding() == BlockRounding.UP;
        flatFeeMicros = plan.getFlatFeeMicros();
        minimumMicros = plan.getMinimumMicros();
        denominator = wholeBlocks
                ? BigInteger.ONE
                : plan.getTiers().stream()
                        .map(tier -> BigInteger.valueOf(tier.getPerImpressions()))
                        .reduce(BigInteger.ONE, PriceSchedule::leastCommonMultiple);
        var list = new Tier[plan.getTiers().size()];
        long above = 0;
        for (int i = 0; i < list.length; i++) {
            list[i] = tier(above, plan.getTiers().get(i));
            above = list[i].upTo();
        }
        tiers = List.of(list);
    }

    /**
     * Reads a plan.
     *
     * @throws IllegalArgumentException when the plan is not a good one; the message lists the {@link #problems}
     */
    public static PriceSchedule of(PricePlan plan) {
        var problems = problems(plan);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("price plan " + plan.getAccount() + " version " + plan.getVersion()
                    + ": " + String.join("; ", problems));
        }
        return new PriceSchedule(plan);
    }

    /** What is wrong with a plan, a text per problem that names the field and the remedy; empty when it is good. */
    public static List<String> problems(PricePlan plan) {
        return PricePlanRules.problems(plan);
    }

    /** Version of the plan; 1 or more. */
    public long version() {
        return version;
    }

    /** ISO 4217 code. */
    public String currency() {
        return currency;
    }

    /** Fee of a whole period in micro-units; 0 or more. */
    public long flatFeeMicros() {
        return flatFeeMicros;
    }

    /** Least that a whole period costs, the fee included, in micro-units; 0 or more. */
    public long minimumMicros() {
        return minimumMicros;
    }

    /**
     * Exact cost of the impressions at the positions {@code (from, to]}, without fee and minimum: with whole blocks that of
     * those that begin there.
     *
     * @param from impressions of the period before them; 0 or more
     * @param to impressions of the period with them; {@code from} or more
     * @throws IllegalArgumentException when the positions are not in order
     */
    public ExactMicros cost(long from, long to) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no positions: (" + from + ", " + to + "]");
        }
        long charged = Math.max(from, included);
        var sum = BigInteger.ZERO;
        for (var tier : tiers) {
            long low = Math.max(charged, tier.above());
            long high = Math.min(to, tier.upTo());
            if (high > low) {
                sum = sum.add(tier.scaled().multiply(BigInteger.valueOf(units(tier, low, high))));
            }
        }
        return new ExactMicros(sum, denominator);
    }

    /** What {@link Tier#scaled} is the price of: impressions, or blocks that begin among them. */
    private long units(Tier tier, long low, long high) {
        long first = Math.max(included, tier.above());
        return wholeBlocks ? tier.blocks(high - first) - tier.blocks(low - first) : high - low;
    }

    /**
     * Price of the next impression: that of a block, and how many it is for, where blocks are charged whole, too.
     *
     * @param position priced impressions of the period so far; 0 or more
     */
    public MarginalPrice marginalAt(long position) {
        if (position < included) {
            return MarginalPrice.FREE;
        }
        // The last tier has no bound; at Long.MAX_VALUE it is the one meant.
        var tier = tiers.stream()
                .filter(candidate -> position < candidate.upTo())
                .findFirst()
                .orElse(tiers.get(tiers.size() - 1));
        return new MarginalPrice(tier.micros(), tier.perImpressions());
    }

    private Tier tier(long above, PriceTier tier) {
        var micros = BigInteger.valueOf(tier.getPriceMicros());
        var scaled = wholeBlocks
                ? micros
                : micros.multiply(denominator.divide(BigInteger.valueOf(tier.getPerImpressions())));
        long upTo = tier.getUpTo() == null ? Long.MAX_VALUE : tier.getUpTo();
        return new Tier(above, upTo, tier.getPriceMicros(), tier.getPerImpressions(), scaled);
    }

    private static BigInteger leastCommonMultiple(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }
}

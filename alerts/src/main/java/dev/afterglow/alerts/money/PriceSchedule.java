package dev.afterglow.alerts.money;

import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import java.math.BigInteger;
import java.util.List;

/**
 * Graduated prices of one version of a price plan.
 *
 * <p>The impressions of a period stand in a row; position 1 is the first. The included quota occupies the first positions and
 * costs nothing. The bounds of the tiers count from position 1 too, the quota among them. A part of a block costs its part.
 */
public final class PriceSchedule {

    private final long version;
    private final String currency;
    private final long included;
    private final List<Tier> tiers;
    private final BigInteger denominator;

    /** Positions {@code (above, upTo]}; {@code scaled} is the price of one impression over the common denominator. */
    private record Tier(long above, long upTo, long micros, long perImpressions, BigInteger scaled) {}

    private PriceSchedule(PricePlan plan) {
        version = plan.getVersion();
        currency = plan.getCurrency();
        included = plan.getIncludedImpressions();
        denominator = plan.getTiers().stream()
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

    /**
     * Exact cost of the impressions at the positions {@code (from, to]}.
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
                sum = sum.add(tier.scaled().multiply(BigInteger.valueOf(high - low)));
            }
        }
        return new ExactMicros(sum, denominator);
    }

    /**
     * Price of the next impression.
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
        var scaled = BigInteger.valueOf(tier.getPriceMicros())
                .multiply(denominator.divide(BigInteger.valueOf(tier.getPerImpressions())));
        long upTo = tier.getUpTo() == null ? Long.MAX_VALUE : tier.getUpTo();
        return new Tier(above, upTo, tier.getPriceMicros(), tier.getPerImpressions(), scaled);
    }

    private static BigInteger leastCommonMultiple(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }
}

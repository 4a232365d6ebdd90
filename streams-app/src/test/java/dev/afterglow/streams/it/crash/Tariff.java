package dev.afterglow.streams.it.crash;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A price plan, as its customer would check a bill: with a table of steps and plain decimals.
 *
 * @param included impressions that cost nothing
 * @param steps in order; the last one has no bound
 */
record Tariff(long included, List<Step> steps) {

    /** What every block divides, so that sums are exact and rounded once. */
    private static final BigDecimal BLOCK = BigDecimal.valueOf(7_000);

    /**
     * A price up to a number of impressions.
     *
     * @param upTo {@link Long#MAX_VALUE} for no bound
     * @param micros of a block
     * @param block impressions in it; divides 7,000
     */
    record Step(long upTo, long micros, long block) {}

    /** What the impressions before a change of tariff and after it cost together, in micros, rounded half up. */
    static BigDecimal cost(Tariff before, long impressionsBefore, Tariff after, long impressionsAfter) {
        long all = impressionsBefore + impressionsAfter;
        return before.upTo(impressionsBefore)
                .add(after.upTo(all))
                .subtract(after.upTo(impressionsBefore))
                .divide(BLOCK, 0, RoundingMode.HALF_UP);
    }

    /** Price of the first impressions of a month, in parts of a micro. */
    private BigDecimal upTo(long impressions) {
        var price = BigDecimal.ZERO;
        long from = 0;
        for (var step : steps) {
            long charged = Math.min(impressions, step.upTo()) - Math.max(from, included);
            var each = BigDecimal.valueOf(step.micros())
                    .multiply(BLOCK.divideToIntegralValue(BigDecimal.valueOf(step.block())));
            price = price.add(each.multiply(BigDecimal.valueOf(Math.max(0, charged))));
            from = step.upTo();
        }
        return price;
    }

    /** As {@code afterglow apply} reads it. */
    String yaml(int version, String account, String zone, String effectiveFrom) {
        var tiers = steps.stream()
                .map(step -> "{%spriceMicros: %d, perImpressions: %d}"
                        .formatted(
                                step.upTo() == Long.MAX_VALUE ? "" : "upTo: " + step.upTo() + ", ",
                                step.micros(),
                                step.block()))
                .collect(Collectors.joining(", ", "[", "]"));
        return """
                pricePlans:
                  - account: %s
                    version: %d
                    effectiveFrom: %s
                    currency: EUR
                    zone: %s
                    includedImpressions: %d
                    tiers: %s
                """.formatted(account, version, effectiveFrom, zone, included, tiers);
    }
}

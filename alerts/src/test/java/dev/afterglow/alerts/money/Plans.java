package dev.afterglow.alerts.money;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import java.time.Instant;
import java.util.List;

/** Price plans for tests, real ones among them. */
final class Plans {

    static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private Plans() {}

    static PricePlan plan(long version, String from, String zone, long included, PriceTier... tiers) {
        return new PricePlan(
                "acme",
                version,
                Instant.parse(from),
                "USD",
                zone,
                included,
                List.of(tiers),
                BlockRounding.PRO_RATA,
                0L,
                0L);
    }

    static PricePlan always(long included, PriceTier... tiers) {
        return new PricePlan(
                "acme", 1L, LONG_AGO, "USD", "UTC", included, List.of(tiers), BlockRounding.PRO_RATA, 0L, 0L);
    }

    static PricePlan in(String currency, PricePlan plan) {
        return builder(plan).setCurrency(currency).build();
    }

    /** A builder that starts with the fields of a plan. */
    static PricePlan.Builder builder(PricePlan plan) {
        return PricePlan.newBuilder()
                .setAccount(plan.getAccount())
                .setVersion(plan.getVersion())
                .setEffectiveFrom(plan.getEffectiveFrom())
                .setCurrency(plan.getCurrency())
                .setZone(plan.getZone())
                .setIncludedImpressions(plan.getIncludedImpressions())
                .setTiers(plan.getTiers())
                .setBlockRounding(plan.getBlockRounding())
                .setFlatFeeMicros(plan.getFlatFeeMicros())
                .setMinimumMicros(plan.getMinimumMicros());
    }

    static PriceTier tier(long upTo, long micros, long per) {
        return new PriceTier(upTo, micros, per);
    }

    static PriceTier rest(long micros, long per) {
        return new PriceTier(null, micros, per);
    }

    /** First million free; then USD 0.0001, 0.000045, 0.000025 and 0.00001 each, up to 2, 10, 50 million and beyond. */
    static PricePlan postHog() {
        return always(
                0,
                tier(1_000_000, 0, 1),
                tier(2_000_000, 100, 1),
                tier(10_000_000, 45, 1),
                tier(50_000_000, 25, 1),
                rest(10, 1));
    }

    /** Five million included, then USD 0.05 per thousand. */
    static PricePlan statsig() {
        return always(5_000_000, rest(50_000, 1_000));
    }

    /** The same for USD 150 a month, each thousand begun charged whole. */
    static PricePlan statsigPro() {
        return builder(statsig())
                .setFlatFeeMicros(150_000_000)
                .setBlockRounding(BlockRounding.UP)
                .build();
    }

    /** A million included, then blocks of a hundred thousand, each charged whole; here at USD 7. */
    static PricePlan flagsmith() {
        return whole(always(1_000_000, rest(7_000_000, 100_000)));
    }

    static PricePlan whole(PricePlan plan) {
        return builder(plan).setBlockRounding(BlockRounding.UP).build();
    }

    static PricePlan charging(long fee, long minimum, PricePlan plan) {
        return builder(plan).setFlatFeeMicros(fee).setMinimumMicros(minimum).build();
    }

    /** USD 30 per million. */
    static PricePlan vercel() {
        return always(0, rest(30_000_000, 1_000_000));
    }
}

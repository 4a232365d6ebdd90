package dev.afterglow.alerts.money;

import static dev.afterglow.alerts.money.Plans.rest;
import static dev.afterglow.alerts.money.Plans.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricePlanRulesTest {

    @Test
    void findsNothingWrongWithRealPlans() {
        assertThat(PriceSchedule.problems(Plans.postHog())).isEmpty();
        assertThat(PriceSchedule.problems(Plans.statsig())).isEmpty();
        assertThat(PriceSchedule.problems(Plans.vercel())).isEmpty();
        assertThat(PriceSchedule.problems(Plans.statsigPro())).isEmpty();
        assertThat(PriceSchedule.problems(Plans.flagsmith())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Etc/GMT+5"})
    void takesAnyZoneOfTheDatabase(String zone) {
        assertThat(PriceSchedule.problems(with(plan -> plan.setZone(zone)))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPlans")
    void namesTheFieldAndTheRemedy(String field, String remedy, PricePlan plan) {
        assertThat(PriceSchedule.problems(plan))
                .singleElement()
                .asString()
                .startsWith(field + ": ")
                .contains(remedy);
    }

    static Stream<Arguments> badPlans() {
        return Stream.of(
                bad("account", "lower-case", plan -> plan.setAccount("Acme Inc")),
                bad("version", "number the versions", plan -> plan.setVersion(0)),
                bad("effectiveFrom", "between 1970", plan -> plan.setEffectiveFrom(Instant.ofEpochMilli(-1))),
                bad(
                        "effectiveFrom",
                        "between 1970",
                        plan -> plan.setEffectiveFrom(Instant.ofEpochMilli(Long.MAX_VALUE))),
                bad("currency", "three capital", plan -> plan.setCurrency("usd")),
                bad("currency", "three capital", plan -> plan.setCurrency("EURO")),
                bad("currency", "name the currency", plan -> plan.setCurrency("XXX")),
                bad("zone", "Europe/Berlin", plan -> plan.setZone("Berlin")),
                bad("zone", "Europe/Berlin", plan -> plan.setZone("+05:37")),
                bad("includedImpressions", "give 0", plan -> plan.setIncludedImpressions(-1)),
                bad("blockRounding", "PRO_RATA", plan -> plan.setBlockRounding(BlockRounding.UNKNOWN)),
                bad("flatFeeMicros", "give 0", plan -> plan.setFlatFeeMicros(-1)),
                bad("flatFeeMicros", "micro-units", plan -> plan.setFlatFeeMicros(Long.MAX_VALUE)),
                bad("minimumMicros", "micro-units", plan -> plan.setMinimumMicros(1_000_000_000_000_001L)),
                bad("minimumMicros", "give 0", plan -> plan.setMinimumMicros(Long.MIN_VALUE)),
                bad("tiers", "at least one", plan -> plan.setTiers(List.of())),
                bad("tiers[0].upTo", "last tier", tiers(tier(10, 1, 1))),
                bad("tiers[0].upTo", "only the last", tiers(rest(1, 1), rest(1, 1))),
                bad("tiers[0].upTo", "rise", tiers(tier(0, 1, 1), rest(1, 1))),
                bad("tiers[1].upTo", "rise", tiers(tier(10, 1, 1), tier(10, 1, 1), rest(1, 1))),
                bad("tiers[0].priceMicros", "give 0", tiers(rest(-1, 1))),
                bad("tiers[0].perImpressions", "priceMicros pays for", tiers(rest(1, 0))));
    }

    @Test
    void listsAllProblemsAtOnceWhenAPlanIsRead() {
        var plan = with(p -> p.setVersion(0).setZone("Mars/Base").setTiers(List.of(rest(-1, 0))));

        assertThatThrownBy(() -> PriceSchedule.of(plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "price plan acme version 0",
                        "version:",
                        "zone:",
                        "tiers[0].priceMicros:",
                        "tiers[0].perImpressions:");
    }

    private static Arguments bad(String field, String remedy, Consumer<PricePlan.Builder> change) {
        return Arguments.of(field, remedy, with(change));
    }

    private static Consumer<PricePlan.Builder> tiers(PriceTier... tiers) {
        return plan -> plan.setTiers(List.of(tiers));
    }

    private static PricePlan with(Consumer<PricePlan.Builder> change) {
        var builder = Plans.builder(Plans.postHog());
        change.accept(builder);
        return builder.build();
    }
}

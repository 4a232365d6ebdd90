package dev.afterglow.alerts.money;

import static dev.afterglow.alerts.money.Plans.plan;
import static dev.afterglow.alerts.money.Plans.rest;
import static dev.afterglow.alerts.money.Plans.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.PricePlan;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccountBillTest {

    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    @Test
    void splitsTheCostOfTheAccountByImpressions() {
        // given three experiments on a real plan
        var bill = bill(
                Plans.postHog(), List.of(usage("a", 1_500_000, 0), usage("b", 500_000, 0), usage("c", 1_000_000, 0)));

        // then USD 145 for three million are split 3 : 1 : 2
        assertThat(bill.currency()).isEqualTo("USD");
        assertThat(bill.impressions()).isEqualTo(3_000_000);
        assertThat(bill.costMicros()).isEqualTo(145_000_000);
        assertThat(bill.shares())
                .extracting(AccountBill.Share::costMicros)
                .containsExactly(72_500_000L, 24_166_667L, 48_333_333L);
        assertThat(bill.planVersion()).isEqualTo(1);
        assertThat(bill.marginal()).isEqualTo(new MarginalPrice(45, 1));
    }

    @Test
    void takesWasteFromTheMarginAndSplitsItOverTheLeftovers() {
        // given 2.5 of 3 million impressions left over, most of them beyond the free million
        var bill = bill(
                Plans.postHog(),
                List.of(usage("a", 1_500_000, 1_500_000), usage("b", 500_000, 0), usage("c", 1_000_000, 1_000_000)));

        // then without them nothing would have been owed
        assertThat(bill.leftoverImpressions()).isEqualTo(2_500_000);
        assertThat(bill.wastedMicros()).isEqualTo(145_000_000);
        assertThat(bill.shares())
                .extracting(AccountBill.Share::wastedMicros)
                .containsExactly(87_000_000L, 0L, 58_000_000L);
    }

    @Test
    void wastesNothingInsideTheIncludedQuota() {
        var bill = bill(Plans.statsig(), List.of(usage("a", 4_000_000, 4_000_000)));

        assertThat(bill.costMicros()).isZero();
        assertThat(bill.wastedMicros()).isZero();
        assertThat(bill.marginal()).isEqualTo(MarginalPrice.FREE);
    }

    @Test
    void countsButDoesNotPriceImpressionsBeforeTheFirstPlan() {
        // given a plan from the middle of the month on, the first 100 impressions free
        var plan = plan(1, "2026-11-15T00:00:00Z", "UTC", 100, rest(10, 1));
        var usages = List.of(
                new Usage<>("a", List.of(1_000L, 150L), List.of(1_000L, 0L)),
                new Usage<>("b", List.of(500L), List.of()));

        // when
        var bill = AccountBill.of(pricing(plan), usages);

        // then the unpriced ones neither cost nor use up the quota
        assertThat(bill.impressions()).isEqualTo(1_650);
        assertThat(bill.unpricedImpressions()).isEqualTo(1_500);
        assertThat(bill.costMicros()).isEqualTo(500);
        assertThat(bill.leftoverImpressions()).isEqualTo(1_000);
        assertThat(bill.wastedMicros()).isZero();
        assertThat(bill.shares()).extracting(AccountBill.Share::costMicros).containsExactly(500L, 0L);
    }

    @Test
    void hasNoPlanVersionWhileNothingWasPriced() {
        var bill = AccountBill.of(
                pricing(plan(1, "2026-11-15T00:00:00Z", "UTC", 100, rest(10, 1))),
                List.of(new Usage<>("a", List.of(5L, 0L), List.of(0L, 0L))));

        assertThat(bill.planVersion()).isNull();
        assertThat(bill.marginal()).isEqualTo(MarginalPrice.FREE);
        assertThat(bill.costMicros()).isZero();
    }

    @Test
    void reducesEachSegmentByItsOwnLeftovers() {
        // given a price that rises in the middle of the month
        var history = PlanHistory.of(List.of(
                plan(1, "2026-01-01T00:00:00Z", "UTC", 0, rest(10, 1)),
                plan(2, "2026-11-15T00:00:00Z", "UTC", 0, rest(30, 1))));
        var usage = new Usage<>("a", List.of(100L, 200L), List.of(20L, 50L));

        // when
        var bill = AccountBill.of(history.pricing(NOVEMBER), List.of(usage));

        // then
        assertThat(bill.costMicros()).isEqualTo(100 * 10 + 200 * 30);
        assertThat(bill.wastedMicros()).isEqualTo(20 * 10 + 50 * 30);
        assertThat(bill.planVersion()).isEqualTo(2);
    }

    @Test
    void callsNothingWasteWhereLeftoversMadeTheRestCheaper() {
        // given free leftovers that push the impressions after the change of plan into a cheap tier
        var history = PlanHistory.of(List.of(
                plan(1, "2026-01-01T00:00:00Z", "UTC", 0, rest(0, 1)),
                plan(2, "2026-11-15T00:00:00Z", "UTC", 0, tier(1_000, 10, 1), rest(1, 1))));
        var usage = new Usage<>("a", List.of(1_000L, 1_000L), List.of(1_000L, 0L));

        // when
        var bill = AccountBill.of(history.pricing(NOVEMBER), List.of(usage));

        // then
        assertThat(bill.costMicros()).isEqualTo(1_000);
        assertThat(bill.wastedMicros()).isZero();
    }

    @Test
    void owesNothingForNothing() {
        var bill = AccountBill.of(pricing(Plans.postHog()), List.<Usage<String>>of());

        assertThat(bill.costMicros()).isZero();
        assertThat(bill.shares()).isEmpty();
        assertThat(bill.planVersion()).isEqualTo(1);
    }

    @Test
    void sharesFeeAndMinimumByImpressions() {
        // given USD 150 a month with five million included, and then another plan whose minimum is not reached
        var usages = List.of(usage("a", 4_000_000, 1_000_000), usage("b", 2_000_000, 0));

        // when
        var pro = bill(Plans.statsigPro(), usages);
        var committed = bill(Plans.charging(0, 900_000_000, Plans.statsig()), usages);

        // then
        assertThat(pro.costMicros()).isEqualTo(200_000_000);
        assertThat(pro.usageMicros()).isEqualTo(50_000_000);
        assertThat(pro.shares()).extracting(AccountBill.Share::costMicros).containsExactly(133_333_333L, 66_666_667L);
        assertThat(pro.shares()).extracting(AccountBill.Share::usageMicros).containsExactly(33_333_333L, 16_666_667L);
        assertThat(committed.costMicros()).isEqualTo(900_000_000);
        assertThat(committed.shares())
                .extracting(AccountBill.Share::costMicros)
                .containsExactly(600_000_000L, 300_000_000L);
    }

    @Test
    void neverWastesTheFeeNorWhatTheMinimumCovers() {
        // given a million left over beyond the five that are included
        var usages = List.of(usage("a", 4_000_000, 1_000_000), usage("b", 2_000_000, 0));

        // then it wastes USD 50, but nothing below a minimum, and what is beyond it
        assertThat(bill(Plans.statsigPro(), usages).wastedMicros()).isEqualTo(50_000_000);
        assertThat(bill(Plans.charging(150_000_000, 200_000_000, Plans.statsig()), usages)
                        .wastedMicros())
                .isZero();
        assertThat(bill(Plans.charging(150_000_000, 180_000_000, Plans.statsig()), usages)
                        .wastedMicros())
                .isEqualTo(20_000_000);
    }

    @Test
    void asksForFeeAndMinimumByTheTimeOfEachPlan() {
        // given nothing for five days of November, a plan for ten, and another for fifteen
        var history = PlanHistory.of(List.of(
                Plans.charging(300, 0, plan(1, "2026-11-06T00:00:00Z", "UTC", 0, rest(1, 1))),
                Plans.charging(900, 1_800, plan(2, "2026-11-16T00:00:00Z", "UTC", 0, rest(1, 1)))));

        // when
        var little = AccountBill.of(
                history.pricing(NOVEMBER), List.of(new Usage<>("a", List.of(7L, 100L, 200L), List.of())));
        var much = AccountBill.of(
                history.pricing(NOVEMBER), List.of(new Usage<>("a", List.of(7L, 100L, 300L), List.of())));

        // then 100 + 450 of fees, and 900 at least
        assertThat(little.costMicros()).isEqualTo(900);
        assertThat(much.costMicros()).isEqualTo(550 + 400);
    }

    @Test
    void sharesAFeeByUnpricedImpressionsWhenThereAreNoOthers() {
        // given traffic only before the first plan
        var plan = Plans.charging(300, 0, plan(1, "2026-11-16T00:00:00Z", "UTC", 0, rest(1, 1)));
        var usages = List.of(new Usage<>("a", List.of(20L), List.of(20L)), new Usage<>("b", List.of(10L), List.of()));

        // when
        var bill = AccountBill.of(pricing(plan), usages);

        // then
        assertThat(bill.costMicros()).isEqualTo(150);
        assertThat(bill.wastedMicros()).isZero();
        assertThat(bill.shares()).extracting(AccountBill.Share::costMicros).containsExactly(100L, 50L);
    }

    @Test
    void owesTheFeeAloneWhenAllImpressionsWereTakenBack() {
        var bill = bill(Plans.statsigPro(), List.of(usage("a", 0, 0)));

        assertThat(bill.costMicros()).isEqualTo(150_000_000);
        assertThat(bill.shares()).extracting(AccountBill.Share::costMicros).containsExactly(0L);
        assertThat(bill.wastedMicros()).isZero();
    }

    @Test
    void hasNoPriceOfTheNextImpressionWhileTheMinimumCoversIt() {
        // given a minimum that is used up by a hundred impressions
        var plan = Plans.charging(500, 1_500, Plans.always(0, rest(10, 1)));

        // then
        assertThat(bill(plan, List.of(usage("a", 99, 0))).marginal()).isEqualTo(MarginalPrice.FREE);
        assertThat(bill(plan, List.of(usage("a", 100, 0))).marginal()).isEqualTo(new MarginalPrice(10, 1));
    }

    @Test
    void refusesUsageThatDoesNotFitThePeriod() {
        var pricing = pricing(Plans.postHog());

        assertThatThrownBy(() -> AccountBill.of(pricing, List.of(new Usage<>("a", List.of(1L, 2L), List.of()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("usage of a has 2 segments, but its period has 1");
        assertThatThrownBy(() -> AccountBill.of(pricing, List.of(usage("a", 1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 leftover impressions are no part of 1");
        assertThatThrownBy(() -> AccountBill.of(pricing, List.of(usage("a", -1, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysSoWhenImpressionsOverflow() {
        assertThatThrownBy(() ->
                        bill(Plans.always(0, rest(0, 1)), List.of(usage("a", Long.MAX_VALUE, 0), usage("b", 1, 0))))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("impressions");
    }

    @Test
    void billsTwentyThousandExperimentsInNoTime() {
        // given
        var random = new Random(20_000);
        var usages = new ArrayList<Usage<Integer>>();
        for (int i = 0; i < 20_000; i++) {
            long impressions = random.nextInt(100_000_000);
            usages.add(new Usage<>(i, List.of(impressions), List.of(impressions / 3)));
        }
        var pricing = pricing(Plans.postHog());
        AccountBill.of(pricing, usages);

        // when
        long start = System.nanoTime();
        AccountBill.of(pricing, usages);

        // then a hundredth of the ten seconds between two bills is more than enough; the limit allows for a busy
        // machine
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    private static AccountBill<String> bill(PricePlan plan, List<Usage<String>> usages) {
        return AccountBill.of(pricing(plan), usages);
    }

    private static PeriodPricing pricing(PricePlan plan) {
        return PlanHistory.of(List.of(plan)).pricing(NOVEMBER);
    }

    private static Usage<String> usage(String key, long impressions, long leftover) {
        return new Usage<>(key, List.of(impressions), List.of(leftover));
    }
}

package dev.afterglow.alerts.money;

import static dev.afterglow.alerts.money.Plans.always;
import static dev.afterglow.alerts.money.Plans.rest;
import static dev.afterglow.alerts.money.Plans.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.PricePlan;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceScheduleTest {

    enum Table {
        POSTHOG(Plans::postHog),
        STATSIG(Plans::statsig),
        VERCEL(Plans::vercel),
        THIRDS(() -> always(0, rest(10, 3))),
        HALVES(() -> always(0, rest(1, 2))),
        STATSIG_PRO(Plans::statsigPro),
        FLAGSMITH(Plans::flagsmith),
        WHOLE_TIERS(() -> Plans.whole(always(5, tier(12, 100, 10), tier(32, 70, 10), rest(3, 1)))),
        QUOTA_IN_SECOND_TIER(() -> always(15, tier(10, 100, 1), tier(20, 7, 1), rest(1, 1)));

        private final Supplier<PricePlan> plan;

        Table(Supplier<PricePlan> plan) {
            this.plan = plan;
        }

        PriceSchedule schedule() {
            return PriceSchedule.of(plan.get());
        }
    }

    @ParameterizedTest(name = "{0}: {1} impressions cost {2} micros")
    @CsvSource({
        "POSTHOG, 0, 0",
        "POSTHOG, 1000000, 0",
        "POSTHOG, 1000001, 100",
        "POSTHOG, 2000000, 100000000",
        "POSTHOG, 2000001, 100000045",
        "POSTHOG, 10000000, 460000000",
        "POSTHOG, 10000001, 460000025",
        "POSTHOG, 33000000, 1035000000",
        "POSTHOG, 50000000, 1460000000",
        "POSTHOG, 50000001, 1460000010",
        "POSTHOG, 75000000, 1710000000",
        "STATSIG, 5000000, 0",
        "STATSIG, 5000001, 50",
        "STATSIG, 5001000, 50000",
        "STATSIG, 6234567, 61728350",
        "VERCEL, 1, 30",
        "VERCEL, 1234567, 37037010",
        "THIRDS, 1, 3",
        "THIRDS, 2, 7",
        "THIRDS, 3, 10",
        "HALVES, 1, 1",
        "HALVES, 3, 2",
        "STATSIG_PRO, 5000000, 0",
        "STATSIG_PRO, 5000001, 50000",
        "STATSIG_PRO, 5001000, 50000",
        "STATSIG_PRO, 6234567, 61750000",
        "FLAGSMITH, 1000000, 0",
        "FLAGSMITH, 1000001, 7000000",
        "FLAGSMITH, 1100000, 7000000",
        "FLAGSMITH, 1100001, 14000000",
        "WHOLE_TIERS, 5, 0",
        "WHOLE_TIERS, 6, 100",
        "WHOLE_TIERS, 12, 100",
        "WHOLE_TIERS, 13, 170",
        "WHOLE_TIERS, 22, 170",
        "WHOLE_TIERS, 23, 240",
        "WHOLE_TIERS, 32, 240",
        "WHOLE_TIERS, 34, 246",
        "QUOTA_IN_SECOND_TIER, 15, 0",
        "QUOTA_IN_SECOND_TIER, 16, 7",
        "QUOTA_IN_SECOND_TIER, 20, 35",
        "QUOTA_IN_SECOND_TIER, 21, 36",
    })
    void pricesAPeriodFromItsFirstImpression(Table table, long impressions, long micros) {
        assertThat(table.schedule().cost(0, impressions).rounded()).isEqualTo(micros);
    }

    @ParameterizedTest(name = "{0}: after {1} impressions the next costs {2} per {3}")
    @CsvSource({
        "POSTHOG, 0, 0, 1",
        "POSTHOG, 999999, 0, 1",
        "POSTHOG, 1000000, 100, 1",
        "POSTHOG, 49999999, 25, 1",
        "POSTHOG, 50000000, 10, 1",
        "POSTHOG, 9223372036854775807, 10, 1",
        "STATSIG, 4999999, 0, 1",
        "STATSIG, 5000000, 50000, 1000",
        "QUOTA_IN_SECOND_TIER, 14, 0, 1",
        "QUOTA_IN_SECOND_TIER, 15, 7, 1",
    })
    void knowsThePriceOfTheNextImpression(Table table, long position, long micros, long perImpressions) {
        assertThat(table.schedule().marginalAt(position)).isEqualTo(new MarginalPrice(micros, perImpressions));
    }

    @Test
    void roundsASumOnceAndNotItsParts() {
        // given a third of a micro-unit each
        var schedule = PriceSchedule.of(always(0, rest(1, 3)));

        // when three are priced one after the other
        var sum = schedule.cost(0, 1).plus(schedule.cost(1, 2)).plus(schedule.cost(2, 3));

        // then no part is lost to rounding
        assertThat(sum.rounded()).isEqualTo(1);
    }

    @Test
    void chargesABlockOnceWhenItIsCutInTwo() {
        // given blocks of ten, charged whole
        var schedule = PriceSchedule.of(Plans.whole(always(0, rest(100, 10))));

        // then the part that begins it pays for it
        assertThat(schedule.cost(0, 3).rounded()).isEqualTo(100);
        assertThat(schedule.cost(3, 10).rounded()).isZero();
        assertThat(schedule.cost(3, 11).rounded()).isEqualTo(100);
    }

    @Test
    void pricesTheLargestCountsInWholeBlocks() {
        var schedule = PriceSchedule.of(Plans.whole(always(0, rest(1, Long.MAX_VALUE))));

        assertThat(schedule.cost(0, Long.MAX_VALUE).rounded()).isEqualTo(1);
    }

    @Test
    void saysSoWhenACostDoesNotFit() {
        var schedule = PriceSchedule.of(always(0, rest(1_000_000_000L, 1)));

        assertThat(schedule.cost(0, 9_223_372_036L).rounded()).isEqualTo(9_223_372_036_000_000_000L);
        assertThatThrownBy(() -> schedule.cost(0, 9_223_372_037L).rounded())
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("9223372037000000000")
                .hasMessageContaining("priceMicros");
    }

    @Test
    void pricesTheLargestCountsExactly() {
        var schedule = PriceSchedule.of(always(0, rest(Long.MAX_VALUE, Long.MAX_VALUE)));

        assertThat(schedule.cost(0, Long.MAX_VALUE).rounded()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesPositionsOutOfOrder() {
        var schedule = PriceSchedule.of(Plans.postHog());

        assertThatThrownBy(() -> schedule.cost(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> schedule.cost(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}

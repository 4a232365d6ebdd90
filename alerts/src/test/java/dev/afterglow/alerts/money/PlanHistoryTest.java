package dev.afterglow.alerts.money;

import static dev.afterglow.alerts.money.Plans.in;
import static dev.afterglow.alerts.money.Plans.plan;
import static dev.afterglow.alerts.money.Plans.rest;
import static dev.afterglow.alerts.money.Plans.tier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanHistoryTest {

    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    @Test
    void putsAVersionInForceAtTheNextQuarterHour() {
        var history = PlanHistory.of(List.of(
                plan(1, "2026-11-10T10:00:00Z", "UTC", 0, rest(1, 1)),
                plan(2, "2026-11-10T12:00:00.001Z", "UTC", 0, rest(2, 1))));

        assertThat(history.inForce(at("2026-11-10T09:59:59Z"))).isEmpty();
        assertThat(versionAt(history, "2026-11-10T10:00:00Z")).isEqualTo(1);
        assertThat(versionAt(history, "2026-11-10T12:14:59Z")).isEqualTo(1);
        assertThat(versionAt(history, "2026-11-10T12:15:00Z")).isEqualTo(2);
    }

    @Test
    void letsTheHigherOfTwoVersionsHoldThatBeginTogether() {
        var history = PlanHistory.of(List.of(
                plan(3, "2026-11-10T10:01:00Z", "UTC", 0, rest(3, 1)),
                plan(2, "2026-11-10T10:14:00Z", "UTC", 0, rest(2, 1))));

        assertThat(versionAt(history, "2026-11-10T10:15:00Z")).isEqualTo(3);
    }

    @Test
    void letsTheLaterOfTwoCopiesOfAVersionHold() {
        var history = PlanHistory.of(List.of(
                plan(1, "2026-11-10T10:00:00Z", "UTC", 0, rest(1, 1)),
                plan(1, "2026-11-20T10:00:00Z", "UTC", 0, rest(1, 1))));

        assertThat(history.inForce(at("2026-11-15T00:00:00Z"))).isEmpty();
        assertThat(versionAt(history, "2026-11-20T10:00:00Z")).isEqualTo(1);
    }

    @Test
    void countsInUtcWhileThereIsNoPlan() {
        var history = PlanHistory.of(List.of());
        var pricing = history.pricing(NOVEMBER);

        assertThat(history.zoneAt(at("2026-11-30T23:59:59Z"))).isEqualTo(ZoneId.of("UTC"));
        assertThat(history.periodOf(at("2026-11-30T23:59:59Z")).text()).isEqualTo("2026-11");
        assertThat(pricing.currency()).isEqualTo("XXX");
        assertThat(pricing.segments())
                .containsExactly(
                        new PricingSegment(at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"), Optional.empty()));
    }

    @Test
    void dividesAMonthWhereThePlanChanges() {
        var history = PlanHistory.of(List.of(
                plan(1, "2026-11-10T10:00:00Z", "UTC", 0, rest(1, 1)),
                plan(2, "2026-11-20T00:00:00Z", "UTC", 0, rest(2, 1)),
                plan(3, "2026-12-05T00:00:00Z", "UTC", 0, rest(3, 1))));

        var pricing = history.pricing(NOVEMBER);

        assertThat(pricing.segments())
                .extracting(segment -> segment.start() + " "
                        + segment.schedule().map(PriceSchedule::version).orElse(0L))
                .containsExactly("2026-11-01T00:00:00Z 0", "2026-11-10T10:00:00Z 1", "2026-11-20T00:00:00Z 2");
        assertThat(pricing.segmentOf(at("2026-11-10T09:59:59Z"))).isZero();
        assertThat(pricing.segmentOf(at("2026-11-10T10:00:00Z"))).isEqualTo(1);
        assertThat(pricing.segmentOf(at("2026-11-30T23:59:59Z"))).isEqualTo(2);
        assertThatThrownBy(() -> pricing.segmentOf(at("2026-12-01T00:00:00Z")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2026-11");
    }

    @Test
    void carriesThePositionInTheTiersAcrossAChangeOfPlan() {
        // given tiers of another price from the middle of the month on
        var history = PlanHistory.of(List.of(
                plan(1, "2026-01-01T00:00:00Z", "UTC", 100, tier(1_000, 10, 1), rest(5, 1)),
                plan(2, "2026-11-15T00:00:00Z", "UTC", 200, tier(1_000, 20, 1), rest(1, 1))));

        // when 600 impressions come before the change and 900 after it
        var cost = history.pricing(NOVEMBER).cost(new long[] {600, 900});

        // then 500 cost the first price, 400 fill the tier up, and 500 are beyond it
        assertThat(cost.rounded()).isEqualTo(500 * 10 + 400 * 20 + 500);
    }

    @Test
    void letsTheZoneInForceAtTheQuarterHourDecideItsPeriod() {
        // given an account that moves from UTC to Berlin in the middle of the month
        var history = PlanHistory.of(List.of(
                plan(1, "2026-01-01T00:00:00Z", "UTC", 0, rest(1, 1)),
                plan(2, "2026-11-15T00:00:00Z", "Europe/Berlin", 0, rest(1, 1))));

        // then its November begins by the old and ends by the new calendar
        var pricing = history.pricing(NOVEMBER);
        assertThat(pricing.start()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(pricing.end()).isEqualTo("2026-11-30T23:00:00Z");
        assertThat(pricing.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(history.periodOf(at("2026-10-31T23:30:00Z")).text()).isEqualTo("2026-10");
        assertThat(history.periodOf(at("2026-11-30T23:00:00Z")).text()).isEqualTo("2026-12");
    }

    @Test
    void keepsCurrenciesApartAndSaysHowToChangeThem() {
        // given a change of currency within November
        var history = PlanHistory.of(List.of(
                plan(1, "2026-01-01T00:00:00Z", "UTC", 0, rest(1, 1)),
                in("EUR", plan(2, "2026-11-15T00:00:00Z", "UTC", 0, rest(1, 1)))));

        // then November stays in dollars, and the next month is in euros
        assertThat(history.pricing(NOVEMBER).currency()).isEqualTo("USD");
        assertThat(history.pricing(NOVEMBER).segments().get(1).schedule()).isEmpty();
        assertThat(history.pricing(NOVEMBER.plusMonths(1)).currency()).isEqualTo("EUR");
        assertThat(history.problems())
                .singleElement()
                .asString()
                .contains("acme version 2", "effectiveFrom", "EUR", "USD", "2026-12-01T00:00:00Z");
    }

    @Test
    void takesAChangeOfCurrencyAtTheStartOfAPeriod() {
        var history = PlanHistory.of(List.of(
                plan(1, "2026-01-01T00:00:00Z", "Asia/Kathmandu", 0, rest(1, 1)),
                in("EUR", plan(2, "2026-10-31T18:15:00Z", "Asia/Kathmandu", 0, rest(1, 1)))));

        assertThat(history.problems()).isEmpty();
        assertThat(history.pricing(NOVEMBER).currency()).isEqualTo("EUR");
    }

    @Test
    void goesOnWithTheOldPlanWhenANewOneIsBad() {
        var history = PlanHistory.of(List.of(
                plan(1, "2026-01-01T00:00:00Z", "UTC", 0, rest(1, 1)),
                plan(2, "2026-11-15T00:00:00Z", "UTC", 0, rest(-1, 1))));

        assertThat(versionAt(history, "2026-11-20T00:00:00Z")).isEqualTo(1);
        assertThat(history.problems()).singleElement().asString().contains("version 2 is left out", "priceMicros");
    }

    @Test
    void refusesPlansOfSeveralAccounts() {
        var other =
                Plans.builder(Plans.statsig()).setAccount("other").setVersion(2).build();

        assertThatThrownBy(() -> PlanHistory.of(List.of(Plans.statsig(), other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("acme", "other");
    }

    @Test
    void hasAFingerprintThatOnlyChangesWithThePlans() {
        var one = plan(1, "2026-01-01T00:00:00Z", "UTC", 0, rest(1, 1));
        var two = plan(2, "2026-11-15T00:00:00Z", "UTC", 0, tier(9, 1, 1), rest(1, 1));
        var dearer = plan(2, "2026-11-15T00:00:00Z", "UTC", 0, tier(9, 1, 1), rest(2, 1));
        long fingerprint = PlanHistory.of(List.of(one, two)).fingerprint();

        assertThat(PlanHistory.of(List.of()).fingerprint()).isZero();
        assertThat(PlanHistory.of(List.of(two, one)).fingerprint()).isEqualTo(fingerprint);
        assertThat(PlanHistory.of(List.of(one)).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(PlanHistory.of(List.of(one, dearer)).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(PlanHistory.of(List.of(one, Plans.charging(1, 0, two))).fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(PlanHistory.of(List.of(one, Plans.charging(0, 1, two))).fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(PlanHistory.of(List.of(one, Plans.whole(two))).fingerprint()).isNotEqualTo(fingerprint);
        // A store keeps it: another value would make every period be added up again.
        assertThat(PlanHistory.of(List.of(one)).fingerprint()).isEqualTo(-7_461_005_641_492_412_467L);
    }

    private static long versionAt(PlanHistory history, String instant) {
        return history.inForce(at(instant)).orElseThrow().version();
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}

package dev.afterglow.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.Forecast;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CostForecastTest {

    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final String AT_100 = "BUDGET_FORECAST/growth/1/2026-11/100";

    private final CostBench cost = new CostBench();

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void publishesNoForecastBeforeThreeFullDays() {
        // when
        useFrom(0, 3, 100);
        cost.watermark(day(3).minusMillis(1));
        cost.publish();

        // then
        assertThat(forecast()).isNull();
    }

    @Test
    void publishesWhereThePeriodWillEndAndWhatItWillCost() {
        // given one unit of money for an impression
        cost.accounts.add(FakeAccounts.plan("acme", 1, 1_000_000));
        useFrom(0, 4, 100);

        // when it is the fourth day
        cost.watermark(day(3).plusSeconds(3600));
        cost.publish();

        // then its own impressions are not gone by
        assertThat(forecast()).satisfies(forecast -> {
            assertThat(forecast.getMethod()).isEqualTo("LINEAR");
            assertThat(forecast.getImpressions()).isEqualTo(3_000);
            assertThat(forecast.getCostMicros()).isEqualTo(3_000_000_000L);
            assertThat(forecast.getAsOf()).isEqualTo(day(3));
        });
    }

    @Test
    void goesByTheWeeksBeforeThePeriod() {
        useFrom(-28, 3, 100);
        cost.watermark(day(3));
        cost.publish();

        assertThat(cost.accountCosts())
                .filteredOn(account -> account.getPeriod().equals("2026-11"))
                .singleElement()
                .satisfies(
                        account -> assertThat(account.getForecast().getMethod()).isEqualTo("DAMPED_TREND"));
    }

    @Test
    void drawsOnTheGrowthOfAQuarter() {
        // given four weeks of the same, after nine that had grown up to it
        for (int day = -88; day < 3; day++) {
            use(day, "checkout", 1_000 - 20L * Math.max(0, (2 - day) / 7 - 3));
        }
        cost.watermark(day(3));
        cost.publish();

        // then more is expected than a thousand a day
        assertThat(cost.accountCosts())
                .filteredOn(account -> account.getPeriod().equals("2026-11"))
                .singleElement()
                .satisfies(account ->
                        assertThat(account.getForecast().getImpressions()).isGreaterThan(30_000));
    }

    @Test
    void countsTheDaysOfTheAccountAndNotThoseOfUtc() {
        // given a day that ends at 15:00 UTC
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10).setZone("Asia/Tokyo"));
        useFrom(0, 4, 100);

        // when
        cost.watermark(Instant.parse("2026-11-03T15:00:00Z"));
        cost.publish();

        // then
        assertThat(forecast().getAsOf()).isEqualTo(Instant.parse("2026-11-03T15:00:00Z"));
    }

    @Test
    void alertsWhenMoreIsExpectedThanTheBudgetAndOncePerChange() {
        // given
        cost.accounts.put(budget(BudgetScope.ACCOUNT, 2_500));
        useFrom(0, 3, 100);

        // when
        reach(3);
        use(3, "checkout", 1);
        cost.judge(day(4).minusSeconds(900));

        // then
        assertThat(cost.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getKind()).isEqualTo(CostKind.BUDGET_FORECAST);
            assertThat(alert.getAlertId()).isEqualTo(AT_100);
            assertThat(alert.getForecast()).isEqualTo(3_000);
            assertThat(alert.getAt()).isEqualTo(day(3));
        });
    }

    @Test
    void alertsCarryTheSameTimesWhetherDaysComeOneByOneOrAllAtOnce() {
        // given traffic that is expected to exceed the budget at first, and then stops
        cost.accounts.put(budget(BudgetScope.ACCOUNT, 2_500));
        useFrom(0, 3, 100);
        reach(3);
        var first = cost.alerts();

        // when six days pass in one
        reach(9);

        // then 3 * 100 / 4 * 30 = 2,250 on the 4th is less than 95 % of it
        assertThat(first).extracting(CostAlert::getAt).containsExactly(day(3));
        assertThat(cost.alerts())
                .extracting(CostAlert::getAlertId, CostAlert::getResolution, CostAlert::getAt)
                .containsExactly(tuple(AT_100, Resolution.BELOW_THRESHOLD, day(4)));
    }

    @Test
    void waitsForTheLastQuarterHourOfTheDay() {
        // given
        cost.accounts.put(budget(BudgetScope.ACCOUNT, 2_500));
        useFrom(0, 2, 100);

        // when the last impressions of a day are read in the first minute of the next
        cost.judge(day(3).plusSeconds(60));
        cost.use("checkout", "growth", new UsageQuarter(day(3).minusSeconds(900), 100L, 0L));
        reach(3);

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getForecast, CostAlert::getAt)
                .containsExactly(tuple(3_000L, day(3)));
    }

    @Test
    void givesWayAtTheEndOfTheQuarterHourInWhichItComesTrue() {
        // given
        cost.accounts.put(budget(BudgetScope.ACCOUNT, 2_500).setActualPercents(List.of(100)));
        useFrom(0, 3, 100);
        reach(3);
        cost.alerts();

        // when
        cost.use("checkout", "growth", new UsageQuarter(day(3).plusSeconds(3600), 2_300L, 0L));
        reach(5);

        // then
        assertThat(cost.alerts())
                .filteredOn(alert -> alert.getKind() == CostKind.BUDGET_FORECAST)
                .extracting(CostAlert::getResolution, CostAlert::getAt)
                .containsExactly(tuple(Resolution.SUPERSEDED, day(3).plusSeconds(4500)));
    }

    @Test
    void resolvesAtTheEndOfThePeriodWithoutAnyUsage() {
        // given
        cost.accounts.put(budget(BudgetScope.ACCOUNT, 2_950));
        useFrom(0, 29, 100);
        reach(29);
        assertThat(cost.alerts()).extracting(CostAlert::getStatus).last().isEqualTo(AlertStatus.OPEN);

        // when
        reach(30);

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getResolution, CostAlert::getAt)
                .containsExactly(tuple(Resolution.PERIOD_ENDED, day(30)));
    }

    @Test
    void aTeamKeepsThePartOfTheAccountThatItHadThen() {
        // given half of the account in another team, and all that is used after the third day
        cost.accounts.put(budget(BudgetScope.TEAM, 1_500).setTeam("growth"));
        for (int i = 0; i < 3; i++) {
            use(i, "checkout", 50);
            cost.use("other", "payments", new UsageQuarter(day(i), 50L, 0L));
        }
        cost.use("other", "payments", new UsageQuarter(day(3).plusSeconds(3600), 900L, 0L));

        // when
        cost.judge(day(3).plusSeconds(7200));

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getForecast, CostAlert::getAt)
                .containsExactly(tuple(1_500L, day(3)));
    }

    private void reach(int day) {
        cost.judge(day(day).plus(QuarterWatch.SETTLE));
    }

    @Test
    void expectsTheFeeOnceForTheAccountAndNotForATeam() {
        // given half of the account in another team, and a fee
        cost.accounts.add(FakeAccounts.plan("acme", 1, 1).setFlatFeeMicros(7_000));
        cost.accounts.put(money(BudgetScope.TEAM).setTeam("growth").setBudgetId("team"));
        cost.accounts.put(money(BudgetScope.ACCOUNT).setBudgetId("whole").setAmount(10_000));
        for (int i = 0; i < 3; i++) {
            use(i, "checkout", 50);
            cost.use("other", "payments", new UsageQuarter(day(i), 50L, 0L));
        }

        // when
        reach(3);

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getBudgetId, CostAlert::getForecast)
                .containsExactly(tuple("team", 1_500L), tuple("whole", 10_000L));
        assertThat(forecast().getCostMicros()).isEqualTo(10_000);
    }

    private void useFrom(int first, int end, long impressions) {
        for (int i = first; i < end; i++) {
            use(i, "checkout", impressions);
        }
    }

    private void use(int day, String experiment, long impressions) {
        cost.use(experiment, "growth", new UsageQuarter(day(day), impressions, 0L));
    }

    private Forecast forecast() {
        var published = cost.accountCosts();
        AccountCost newest = published.get(published.size() - 1);
        return newest.getForecast();
    }

    private static Instant day(int index) {
        return NOVEMBER.plus(Duration.ofDays(index));
    }

    private static Budget.Builder budget(BudgetScope scope, long amount) {
        return Budget.newBuilder()
                .setBudgetId("growth")
                .setVersion(1)
                .setScope(scope)
                .setAccount("acme")
                .setUnit(BudgetUnit.IMPRESSIONS)
                .setActualPercents(List.of())
                .setForecastPercents(List.of(100))
                .setAmount(amount);
    }

    private static Budget.Builder money(BudgetScope scope) {
        return budget(scope, 1_500).setUnit(BudgetUnit.MONEY).setCurrency("USD");
    }
}

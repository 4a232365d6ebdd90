package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.PeriodStatus;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An account that is used in November, and owes a fee of 300 in every month, used or not. */
class CostFeeMonthsTest {

    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant LOOKED_AT = DECEMBER.plus(Duration.ofMinutes(17));

    private final CostBench cost = new CostBench();

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void publishesTheFeeOfAMonthWhenItsFirstQuarterHourIsComplete() {
        // given
        cost.accounts.add(fee(1));
        useInNovember(cost);

        // when
        reach(LOOKED_AT.minusMillis(1));
        assertThat(costsOf("2026-12")).isEmpty();
        reach(LOOKED_AT);
        reach(LOOKED_AT.plus(Duration.ofDays(1)));

        // then
        assertThat(costsOf("2026-12"))
                .extracting(AccountCost::getImpressions, AccountCost::getCostMicros, AccountCost::getStatus)
                .containsExactly(tuple(0L, 300L, PeriodStatus.PROVISIONAL));
        assertThat(cost.costs()).extracting(ExperimentCost::getPeriod).containsOnly("2026-11");
    }

    @Test
    void opensOneMonthAfterTheOther() {
        // given
        cost.accounts.add(fee(1));
        useInNovember(cost);

        // when
        reach(Instant.parse("2027-03-20T00:00:00Z"));

        // then
        assertThat(newest(cost.accountCosts()))
                .containsOnlyKeys("2026-11", "2026-12", "2027-01", "2027-02", "2027-03")
                .extractingByKey("2027-02")
                .satisfies(account -> assertThat(account.getCostMicros()).isEqualTo(300));
    }

    @Test
    void leavesOutAMonthInWhichNothingIsOwed() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 1, 1));
        useInNovember(cost);

        // when
        reach(Instant.parse("2027-03-20T00:00:00Z"));

        // then
        assertThat(newest(cost.accountCosts())).containsOnlyKeys("2026-11");
    }

    @Test
    void countsForABudgetOfTheAccountAndForNoOther() {
        // given
        cost.accounts.add(fee(1));
        cost.accounts.put(budget("whole").setScope(BudgetScope.ACCOUNT));
        cost.accounts.put(budget("team").setScope(BudgetScope.TEAM).setTeam("growth"));
        useInNovember(cost);
        reach(DECEMBER);
        cost.alerts();

        // when
        reach(Instant.parse("2026-12-20T00:00:00Z"));

        // then
        assertThat(cost.alerts())
                .filteredOn(alert -> alert.getPeriod().equals("2026-12"))
                .extracting(
                        CostAlert::getBudgetId,
                        CostAlert::getThresholdPercent,
                        CostAlert::getSpend,
                        CostAlert::getAt,
                        alert -> alert.getExplanation() != null)
                .containsExactly(tuple("whole", 50, 300L, DECEMBER.plus(Duration.ofMinutes(15)), true));
    }

    @Test
    void comesToTheSameWhenItIsReadAtOnce() {
        // given usage late in December, which a replay has read before December is looked at
        var inTime = new ArrayList<String>();
        var atOnce = new ArrayList<String>();
        try (var bench = new CostBench()) {
            begin(bench);
            useInNovember(bench);
            for (var day = DECEMBER; day.isBefore(DECEMBER.plus(Duration.ofDays(80))); day = day.plusSeconds(86_400)) {
                if (day.equals(DECEMBER.plus(Duration.ofDays(9)))) {
                    use(bench, day.plusSeconds(3_600));
                }
                bench.judge(day.plus(Duration.ofHours(2)));
                bench.publish();
            }
            tell(bench, inTime);
        }

        // when
        try (var bench = new CostBench()) {
            begin(bench);
            use(bench, DECEMBER.plus(Duration.ofDays(9)).plusSeconds(3_600));
            useInNovember(bench);
            bench.judge(DECEMBER.plus(Duration.ofDays(79)).plus(Duration.ofHours(2)));
            bench.publish();
            tell(bench, atOnce);
        }

        // then
        assertThat(inTime).anySatisfy(line -> assertThat(line).startsWith("2026-12-01T00:15:00Z OPEN"));
        assertThat(atOnce).isEqualTo(inTime);
    }

    @Test
    void opensAMonthInWhichAFeeBegins() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 1, 1));
        useInNovember(cost);
        reach(Instant.parse("2026-12-20T00:00:00Z"));
        assertThat(costsOf("2026-12")).isEmpty();

        // when it is owed for 17 days of 31
        cost.accounts.add(fee(2).setEffectiveFrom(Instant.parse("2026-12-15T00:00:00Z")));
        cost.publish();
        cost.publish();

        // then
        assertThat(costsOf("2026-12")).extracting(AccountCost::getCostMicros).containsExactly(165L);
    }

    @Test
    void takesBackAFeeThatIsOwedNoMore() {
        // given
        cost.accounts.add(fee(1));
        useInNovember(cost);
        reach(LOOKED_AT);
        assertThat(costsOf("2026-12")).extracting(AccountCost::getCostMicros).containsExactly(300L);

        // when
        cost.accounts.add(FakeAccounts.plan("acme", 2, 1));
        cost.publish();
        cost.publish();

        // then
        assertThat(costsOf("2026-12")).extracting(AccountCost::getCostMicros).containsExactly(0L);
    }

    @Test
    void opensTheMonthsBetweenHistoryThatIsLoadedAndTheFirstThatWasKnown() {
        // given
        cost.accounts.add(fee(1));
        useInNovember(cost);
        reach(NOON.plus(Duration.ofHours(1)));
        cost.accountCosts();

        // when
        use(cost, Instant.parse("2026-08-10T00:00:00Z"));
        reach(NOON.plus(Duration.ofHours(2)));

        // then
        assertThat(newest(cost.accountCosts())).containsOnlyKeys("2026-08", "2026-09", "2026-10");
    }

    @Test
    void opensTheMonthsSinceHistoryWhosePlanComesAfterIt() {
        // given
        useInNovember(cost);
        use(cost, Instant.parse("2026-08-10T00:00:00Z"));

        // when
        cost.accounts.add(fee(1));
        reach(NOON.plus(Duration.ofHours(1)));
        cost.publish();

        // then
        assertThat(newest(cost.accountCosts())).containsOnlyKeys("2026-08", "2026-09", "2026-10", "2026-11");
    }

    @Test
    void tellsNoBudgetOfAMonthThatWasOverWhenItWasOpened() {
        // given
        cost.accounts.add(fee(1));
        cost.accounts.put(budget("whole").setScope(BudgetScope.ACCOUNT));
        useInNovember(cost);
        reach(NOON.plus(Duration.ofHours(1)));
        cost.alerts();

        // when
        use(cost, Instant.parse("2026-08-10T00:00:00Z"));
        reach(NOON.plus(Duration.ofHours(2)));

        // then
        assertThat(cost.alerts()).isEmpty();
    }

    @Test
    void becomesFinalAndIsCorrectedByWhatComesLater() {
        // given
        cost.accounts.add(fee(1));
        useInNovember(cost);
        reach(LOOKED_AT);
        reach(DECEMBER.plus(Duration.ofDays(31 + 63)));
        assertThat(newest(cost.accountCosts()).get("2026-12").getStatus()).isEqualTo(PeriodStatus.FINAL);

        // when
        use(cost, DECEMBER);
        cost.publish();

        // then
        assertThat(costsOf("2026-12"))
                .extracting(
                        AccountCost::getStatus,
                        account -> account.getFinalFigures().getCostMicros(),
                        account -> account.getCorrection().getCostMicros())
                .containsExactly(tuple(PeriodStatus.CORRECTED, 300L, 100L));
    }

    @Test
    void goesByTheCalendarOfTheAccount() {
        // given
        cost.accounts.add(fee(1).setZone("Asia/Tokyo"));
        useInNovember(cost);

        // when
        reach(LOOKED_AT.minus(Duration.ofHours(9)));

        // then
        assertThat(costsOf("2026-12"))
                .extracting(AccountCost::getPeriodStart)
                .containsExactly(DECEMBER.minusSeconds(9 * 3_600));
    }

    @Test
    void waitsForTheMonthOfAZoneThatTheAccountHasMovedTo() {
        // given
        cost.accounts.add(fee(1));
        useInNovember(cost);
        reach(NOON.plus(Duration.ofHours(1)));
        cost.accounts.add(fee(2).setZone("America/New_York"));
        cost.publish();
        cost.publish();

        // when, then
        reach(LOOKED_AT);
        assertThat(costsOf("2026-12")).isEmpty();
        reach(LOOKED_AT.plus(Duration.ofHours(5)));
        assertThat(costsOf("2026-12")).extracting(AccountCost::getCostMicros).containsExactly(300L);
    }

    private void reach(Instant watermark) {
        cost.judge(watermark);
        cost.publish();
    }

    private List<AccountCost> costsOf(String period) {
        return cost.accountCosts().stream()
                .filter(account -> account.getPeriod().equals(period))
                .toList();
    }

    private static void begin(CostBench bench) {
        bench.accounts.add(fee(1));
        bench.accounts.put(budget("whole").setScope(BudgetScope.ACCOUNT).setForecastPercents(List.of(50, 100)));
    }

    private static void useInNovember(CostBench bench) {
        bench.watermark(NOON);
        use(bench, NOON);
    }

    private static void use(CostBench bench, Instant quarter) {
        bench.use("checkout", "growth", new UsageQuarter(quarter, 100L, 0L));
    }

    /** Alerts in the order of time, and the newest figures of each month. */
    private static void tell(CostBench bench, List<String> told) {
        bench.alerts()
                .forEach(alert -> told.add(alert.getAt() + " " + alert.getStatus() + " " + alert.getAlertId() + " "
                        + alert.getSpend() + " " + alert.getResolution()));
        newest(bench.accountCosts())
                .values()
                .forEach(account ->
                        told.add(account.getPeriod() + " " + account.getImpressions() + " " + account.getCostMicros()));
    }

    private static TreeMap<String, AccountCost> newest(List<AccountCost> costs) {
        var byPeriod = new TreeMap<String, AccountCost>();
        costs.forEach(account -> byPeriod.put(account.getPeriod(), account));
        return byPeriod;
    }

    private static PricePlan.Builder fee(long version) {
        return FakeAccounts.plan("acme", version, 1).setFlatFeeMicros(300);
    }

    private static Budget.Builder budget(String id) {
        return Budget.newBuilder()
                .setBudgetId(id)
                .setVersion(1)
                .setAccount("acme")
                .setUnit(BudgetUnit.MONEY)
                .setCurrency("USD")
                .setAmount(500)
                .setPace(false);
    }
}

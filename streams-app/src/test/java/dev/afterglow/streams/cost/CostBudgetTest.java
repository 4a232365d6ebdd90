package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CostBudgetTest {

    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");
    private static final String AT_50 = "BUDGET_ACTUAL/growth/1/2026-11/50";

    private final CostBench cost = new CostBench();

    @BeforeEach
    void begin() {
        cost.watermark(NOON);
    }

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void alertsOnceAtTheEndOfTheQuarterHourInWhichAThresholdIsReached() {
        // given
        cost.accounts.put(budget(1, 100));
        use(0, 49);
        reach(17);
        assertThat(cost.alerts()).isEmpty();

        // when
        use(1, 1);
        reach(32);
        use(2, 1);
        reach(47);

        // then
        assertThat(cost.driver.read(cost.topics.costAlerts())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("growth");
            assertThat(record.value().getAlertId()).isEqualTo(AT_50);
            assertThat(record.value().getSpend()).isEqualTo(50);
            assertThat(record.value().getAt()).isEqualTo(minute(30));
            assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                    .isEqualTo("dev.afterglow.budget-actual.open");
        });
        assertThat(cost.driver.read(cost.topics.openAlerts()))
                .extracting(TestRecord::key)
                .containsExactly(AT_50);
    }

    @Test
    void saysNothingBeforeTheQuarterHourIsComplete() {
        // given
        cost.accounts.put(budget(1, 100));
        use(0, 50);

        // when, then
        cost.judge(minute(17).minusMillis(1));
        assertThat(cost.alerts()).isEmpty();
        reach(17);
        assertThat(cost.alerts()).extracting(CostAlert::getAlertId).containsExactly(AT_50);
    }

    @Test
    void countsFeeAndMinimumForTheAccountAndNotForATeam() {
        // given a micro-unit an impression, a fee of 300 and a minimum of 400, and budgets of 400
        cost.accounts.add(FakeAccounts.plan("acme", 1, 1).setFlatFeeMicros(300).setMinimumMicros(400));
        cost.accounts.put(money("whole").setScope(BudgetScope.ACCOUNT));
        cost.accounts.put(money("team").setScope(BudgetScope.TEAM).setTeam("growth"));

        // when the first of many teams is seen
        cost.use("checkout", 50, 0);
        reach(17);

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getBudgetId, CostAlert::getSpend)
                .containsExactly(tuple("whole", 400L));
    }

    @Test
    void owesTheFeeOfAPeriodWhoseImpressionsWereAllTakenBack() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 1, 1).setFlatFeeMicros(300));
        cost.use("checkout", 50, 0);
        cost.publish();
        cost.costs();
        cost.accountCosts();

        // when
        cost.use("checkout", -50, 0);
        cost.accounts.put(money("whole").setScope(BudgetScope.ACCOUNT));
        reach(17);

        // then it is nobody's part
        assertThat(cost.costs()).extracting(ExperimentCost::getCostMicros).containsExactly(0L);
        assertThat(cost.accountCosts())
                .extracting(AccountCost::getImpressions, AccountCost::getCostMicros)
                .containsExactly(tuple(0L, 300L));
        assertThat(cost.alerts()).extracting(CostAlert::getSpend).containsExactly(300L);
    }

    @Test
    void judgesABudgetThatArrivesAfterTheUsage() {
        // given
        use(0, 50);
        reach(17);

        // when
        cost.accounts.put(budget(1, 100));
        cost.publish();

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getAlertId, CostAlert::getAt)
                .containsExactly(tuple(AT_50, minute(17)));
    }

    @Test
    void countsWhatComesTooLateForItsQuarterHour() {
        // given
        cost.accounts.put(budget(1, 100));
        use(0, 49);
        reach(47);

        // when
        use(0, 1);
        cost.publish();

        // then it is told of now, before what the next quarter-hour may bring
        assertThat(cost.alerts())
                .extracting(CostAlert::getAlertId, CostAlert::getAt)
                .containsExactly(tuple(AT_50, minute(47)));
    }

    @Test
    void judgesWhatIsLateAfterWhatWasWaitedFor() {
        // given
        cost.accounts.put(budget(1, 100));
        use(0, 40);
        reach(17);

        // when a late impression and a jump come before the jump is judged
        use(1, 30);
        use(0, 10);
        reach(32);

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getThresholdPercent, CostAlert::getSpend, CostAlert::getAt)
                .containsExactly(tuple(80, 80L, minute(30)));
    }

    @Test
    void resolvesAtTheEndOfThePeriodWithoutAnyUsage() {
        // given
        cost.accounts.put(budget(1, 100));
        use(0, 50);
        reach(17);
        cost.alerts();
        cost.driver.read(cost.topics.openAlerts());

        // when, then
        cost.judge(DECEMBER.plusSeconds(120).minusMillis(1));
        assertThat(cost.alerts()).isEmpty();
        cost.judge(DECEMBER.plusSeconds(120));
        cost.publish();
        assertThat(cost.alerts())
                .extracting(CostAlert::getStatus, CostAlert::getResolution, CostAlert::getAt)
                .containsExactly(tuple(AlertStatus.RESOLVED, Resolution.PERIOD_ENDED, DECEMBER));
        assertThat(cost.driver.read(cost.topics.openAlerts())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(AT_50);
            assertThat(record.value()).isNull();
        });
    }

    @Test
    void tellsOfAThresholdThatIsReachedInTheLastQuarterHourOfThePeriod() {
        // given
        cost.accounts.put(budget(1, 100));

        // when
        cost.use("checkout", "growth", new UsageQuarter(DECEMBER.minusSeconds(900), 50L, 0L));
        cost.judge(DECEMBER.plusSeconds(120));

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getStatus, CostAlert::getPeriod, CostAlert::getAt)
                .containsExactly(
                        tuple(AlertStatus.OPEN, "2026-11", DECEMBER), tuple(AlertStatus.RESOLVED, "2026-11", DECEMBER));
    }

    @Test
    void countsWhatComesLateForAPeriodThatHasEnded() {
        // given
        cost.accounts.put(budget(1, 100));
        use(0, 50);
        cost.judge(DECEMBER.plus(Duration.ofDays(2)));
        cost.alerts();

        // when
        use(0, 30);
        cost.publish();

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getThresholdPercent, CostAlert::getStatus, CostAlert::getAt)
                .containsExactly(
                        tuple(80, AlertStatus.OPEN, DECEMBER.plus(Duration.ofDays(2))),
                        tuple(80, AlertStatus.RESOLVED, DECEMBER.plus(Duration.ofDays(2))));
    }

    @Test
    void resolvesTheAlertOfABudgetThatIsDeleted() {
        // given
        cost.accounts.put(budget(1, 100));
        use(0, 50);
        reach(17);
        cost.alerts();

        // when
        cost.accounts.put(budget(1, 100).setVersion(2).setDeleted(true));
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getResolution).containsExactly(Resolution.BUDGET_CHANGED);
    }

    @Test
    void resolvesTheAlertOfABudgetThatHasMovedToAnotherAccount() {
        // given
        cost.accounts.put(budget(1, 100));
        use(0, 50);
        reach(17);
        cost.alerts();

        // when
        cost.accounts.put(budget(2, 100).setAccount("umbrella"));
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getResolution).containsExactly(Resolution.BUDGET_CHANGED);
    }

    @Test
    void resolvesTheAlertOfABudgetOfAnExperimentThatIsDeletedWithNothingButItsId() {
        // given
        cost.accounts.put(budget(1, 100)
                .setScope(BudgetScope.EXPERIMENT)
                .setProject("shop")
                .setEnvironment("production")
                .setExperiment("checkout"));
        use(0, 100);
        reach(17);
        assertThat(cost.alerts()).extracting(CostAlert::getStatus).containsExactly(AlertStatus.OPEN);

        // when
        cost.accounts.put(
                budget(1, 100).setVersion(2).setScope(BudgetScope.EXPERIMENT).setDeleted(true));
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getStatus).containsExactly(AlertStatus.RESOLVED);
    }

    @Test
    void countsForTheTeamThatOwnsAnExperiment() {
        // given
        cost.accounts.put(budget(1, 100).setScope(BudgetScope.TEAM).setTeam("payments"));
        use(0, 80);
        reach(17);
        assertThat(cost.alerts()).isEmpty();

        // when the experiment changes hands
        cost.use("checkout", "payments");
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getThresholdPercent).containsExactly(80);
    }

    @Test
    void tellsOfEveryThresholdThatLateUsageReachesWithinAQuarterHour() {
        // given
        cost.accounts.put(budget(1, 100));
        use(0, 49);
        reach(20);

        // when
        use(0, 1);
        cost.publish();
        use(0, 30);
        cost.publish();

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getThresholdPercent, CostAlert::getStatus)
                .containsExactly(
                        tuple(50, AlertStatus.OPEN), tuple(50, AlertStatus.RESOLVED), tuple(80, AlertStatus.OPEN));
    }

    @Test
    void keepsWhatWasToldOfAfterTheLastQuarterHourUntilTheNextOneSays() {
        // given an alert that was opened late in a running quarter-hour, as an earlier release did
        cost.accounts.put(budget(1, 100));
        use(0, 49);
        reach(20);
        use(0, 1);
        cost.publish();
        assertThat(cost.alerts()).extracting(CostAlert::getAt).containsExactly(minute(20));

        // when something has it judged again by what was spent up to the quarter-hour before
        use(0, -1);
        cost.publish();
        assertThat(cost.alerts()).isEmpty();

        // then the next quarter-hour decides, though nothing is used in it
        reach(32);
        assertThat(cost.alerts())
                .extracting(CostAlert::getResolution, CostAlert::getAt)
                .containsExactly(tuple(Resolution.BELOW_THRESHOLD, minute(30)));
    }

    @Test
    void judgesAgainWhenThePriceChanges() {
        // given 1 dollar of 10
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.accounts.put(budget(1, 10_000_000)
                .setUnit(BudgetUnit.MONEY)
                .setCurrency("USD")
                .setActualPercents(List.of(50)));
        use(0, 100_000);
        reach(17);
        assertThat(cost.alerts()).isEmpty();

        // when
        cost.accounts.add(FakeAccounts.plan("acme", 2, 50));
        cost.publish();
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getSpend).containsExactly(5_000_000L);
    }

    @Test
    void doesNotSayWhatIsWastedNowOfAMomentThatIsLongPast() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.accounts.put(budget(1, 1_000_000).setUnit(BudgetUnit.MONEY).setCurrency("USD"));

        // when hours are read at once
        cost.use("checkout", "growth", new UsageQuarter(NOON, 100_000L, 30_000L));
        reach(5 * 60);

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getWastedMicros, CostAlert::getAt)
                .containsExactly(tuple(null, minute(15)));
    }

    @Test
    void saysWhatOfItIsWasted() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.accounts.put(budget(1, 1_000_000)
                .setUnit(BudgetUnit.MONEY)
                .setCurrency("USD")
                .setScope(BudgetScope.PROJECT)
                .setProject("shop"));

        // when
        cost.use("checkout", "growth", new UsageQuarter(NOON, 100_000L, 30_000L));
        reach(17);

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getWastedMicros).containsExactly(300_000L);
    }

    private void use(int quarter, long impressions) {
        cost.use("checkout", "growth", new UsageQuarter(minute(15L * quarter), impressions, 0L));
    }

    private void reach(long minute) {
        cost.judge(minute(minute));
    }

    private static Instant minute(long afterNoon) {
        return NOON.plus(Duration.ofMinutes(afterNoon));
    }

    private static Budget.Builder budget(long version, long amount) {
        return Budget.newBuilder()
                .setBudgetId("growth")
                .setVersion(version)
                .setScope(BudgetScope.ACCOUNT)
                .setAccount("acme")
                .setUnit(BudgetUnit.IMPRESSIONS)
                .setAmount(amount)
                .setPace(false);
    }

    private static Budget.Builder money(String id) {
        return Budget.newBuilder()
                .setBudgetId(id)
                .setVersion(1)
                .setAccount("acme")
                .setUnit(BudgetUnit.MONEY)
                .setCurrency("USD")
                .setAmount(400)
                .setPace(false);
    }
}

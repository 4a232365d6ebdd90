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
import dev.afterglow.streams.testkit.FakeAccounts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
    void alertsOnceWhenAThresholdIsReached() {
        // given
        cost.accounts.put(budget(1, 100));
        cost.use("checkout", 49, 0);
        cost.publish();
        assertThat(cost.alerts()).isEmpty();

        // when
        cost.use("checkout", 1, 0);
        cost.publish();
        cost.use("checkout", 1, 0);
        cost.publish();

        // then
        assertThat(cost.driver.read(cost.topics.costAlerts())).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo("growth");
            assertThat(record.value().getAlertId()).isEqualTo(AT_50);
            assertThat(record.value().getSpend()).isEqualTo(50);
            assertThat(record.value().getAt()).isEqualTo(NOON);
            assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                    .isEqualTo("dev.afterglow.budget-actual.open");
        });
        assertThat(cost.driver.read(cost.topics.openAlerts()))
                .extracting(TestRecord::key)
                .containsExactly(AT_50);
    }

    @Test
    void countsFeeAndMinimumForTheAccountAndNotForATeam() {
        // given a micro-unit an impression, a fee of 300 and a minimum of 400, and budgets of 400
        cost.accounts.add(FakeAccounts.plan("acme", 1, 1).setFlatFeeMicros(300).setMinimumMicros(400));
        cost.accounts.put(money("whole").setScope(BudgetScope.ACCOUNT));
        cost.accounts.put(money("team").setScope(BudgetScope.TEAM).setTeam("growth"));

        // when the first of many teams is seen
        cost.use("checkout", 50, 0);
        cost.publish();

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
        cost.publish();

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
        cost.use("checkout", 50, 0);
        cost.publish();

        // when
        cost.accounts.put(budget(1, 100));
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getAlertId).containsExactly(AT_50);
    }

    @Test
    void resolvesAtTheEndOfThePeriodWithoutAnyUsage() {
        // given
        cost.accounts.put(budget(1, 100));
        cost.use("checkout", 50, 0);
        cost.publish();
        cost.alerts();
        cost.driver.read(cost.topics.openAlerts());

        // when, then
        cost.watermark(DECEMBER.minusMillis(1));
        cost.publish();
        assertThat(cost.alerts()).isEmpty();
        cost.watermark(DECEMBER);
        cost.publish();
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
    void resolvesTheAlertOfABudgetThatIsDeleted() {
        // given
        cost.accounts.put(budget(1, 100));
        cost.use("checkout", 50, 0);
        cost.publish();
        cost.alerts();

        // when
        cost.accounts.put(budget(1, 100).setVersion(2).setDeleted(true));
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
        cost.use("checkout", 100, 0);
        cost.publish();
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
        cost.use("checkout", 80, 0);
        cost.publish();
        assertThat(cost.alerts()).isEmpty();

        // when the experiment changes hands
        cost.use("checkout", "payments");
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getThresholdPercent).containsExactly(80);
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
                .setAmount(400);
    }
}

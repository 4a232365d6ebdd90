package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static dev.afterglow.streams.cost.CostBench.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AccountCost;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.ExperimentCost;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts for a budget of money: fee, minimum, a changed price, and the waste that its alerts name. */
class CostBudgetMoneyTest {

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
    void countsFeeAndMinimumForTheAccountAndNotForATeam() {
        // given a micro-unit an impression, a fee of 300 and a minimum of 400, and budgets of 400
        cost.accounts.add(FakeAccounts.plan("acme", 1, 1).setFlatFeeMicros(300).setMinimumMicros(400));
        cost.accounts.put(Budgets.money("whole", 400).setScope(BudgetScope.ACCOUNT));
        cost.accounts.put(Budgets.money("team", 400).setScope(BudgetScope.TEAM).setTeam("growth"));

        // when the first of many teams is seen
        cost.use("checkout", 50, 0);
        cost.reach(17);

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
        cost.accounts.put(Budgets.money("whole", 400).setScope(BudgetScope.ACCOUNT));
        cost.reach(17);

        // then it is nobody's part
        assertThat(cost.costs()).extracting(ExperimentCost::getCostMicros).containsExactly(0L);
        assertThat(cost.accountCosts())
                .extracting(AccountCost::getImpressions, AccountCost::getCostMicros)
                .containsExactly(tuple(0L, 300L));
        assertThat(cost.alerts()).extracting(CostAlert::getSpend).containsExactly(300L);
    }

    @Test
    void judgesAgainWhenThePriceChanges() {
        // given 1 dollar of 10
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.accounts.put(Budgets.money("growth", 10_000_000).setActualPercents(List.of(50)));
        cost.use(0, 100_000);
        cost.reach(17);
        assertThat(cost.alerts()).isEmpty();

        // when
        cost.accounts.add(FakeAccounts.plan("acme", 2, 50));
        cost.publish();
        cost.publish();

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getSpend).containsExactly(5_000_000L);
    }

    @Test
    void saysWhatOfItIsWasted() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.accounts.put(
                Budgets.money("growth", 1_000_000).setScope(BudgetScope.PROJECT).setProject("shop"));

        // when
        cost.use("checkout", "growth", new UsageQuarter(NOON, 100_000L, 30_000L));
        cost.reach(17);

        // then
        assertThat(cost.alerts()).extracting(CostAlert::getWastedMicros).containsExactly(300_000L);
    }

    @Test
    void doesNotSayWhatIsWastedNowOfAMomentThatIsLongPast() {
        // given
        cost.accounts.add(FakeAccounts.plan("acme", 1, 10));
        cost.accounts.put(Budgets.money("growth", 1_000_000));

        // when hours are read at once
        cost.use("checkout", "growth", new UsageQuarter(NOON, 100_000L, 30_000L));
        cost.reach(5 * 60);

        // then
        assertThat(cost.alerts())
                .extracting(CostAlert::getWastedMicros, CostAlert::getAt)
                .containsExactly(tuple(null, minute(15)));
    }
}

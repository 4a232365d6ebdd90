package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.state.UsageQuarter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Late usage concerns more budgets than are judged in a turn, and the next quarter-hour is complete before all of them are. */
class BudgetTurnsTest {

    private static final int BUDGETS = BudgetReviews.JUDGED_PER_TURN + 100;

    private final CostBench cost = new CostBench();

    @AfterEach
    void close() {
        cost.close();
    }

    @Test
    void tellsEveryBudgetInTheOrderOfTime() {
        // given
        for (int i = 0; i < BUDGETS; i++) {
            cost.accounts.put(budget(String.format("b%04d", i)));
        }
        cost.watermark(NOON);
        use(0, 40);
        cost.judge(minute(20));
        assertThat(cost.alerts()).isEmpty();

        // when some of them have been told of what came late, and then a quarter-hour is complete
        use(0, 10);
        cost.publish();
        var alerts = new ArrayList<>(cost.alerts());
        assertThat(alerts).hasSize(BudgetReviews.JUDGED_PER_TURN);
        use(1, 30);
        cost.judge(minute(32));
        alerts.addAll(cost.alerts());

        // then
        var byBudget = alerts.stream().collect(Collectors.groupingBy(CostAlert::getBudgetId));
        assertThat(byBudget).hasSize(BUDGETS);
        assertThat(byBudget.values()).allSatisfy(ofOne -> {
            assertThat(ofOne).extracting(CostAlert::getAt).isSorted();
            assertThat(ofOne.get(ofOne.size() - 1).getThresholdPercent()).isEqualTo(80);
        });
        assertThat(times(byBudget.get("b0000"))).containsExactly("50 OPEN 12:20", "50 RESOLVED 12:30", "80 OPEN 12:30");
        assertThat(times(byBudget.get("b0599"))).containsExactly("80 OPEN 12:30");
    }

    private static List<String> times(List<CostAlert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.getKind() == CostKind.BUDGET_ACTUAL)
                .map(alert -> alert.getThresholdPercent() + " " + alert.getStatus() + " "
                        + alert.getAt().toString().substring(11, 16))
                .toList();
    }

    private void use(int quarter, long impressions) {
        cost.use("checkout", "growth", new UsageQuarter(minute(15L * quarter), impressions, 0L));
    }

    private static Instant minute(long afterNoon) {
        return NOON.plus(Duration.ofMinutes(afterNoon));
    }

    private static Budget.Builder budget(String id) {
        return Budget.newBuilder()
                .setBudgetId(id)
                .setVersion(1)
                .setScope(BudgetScope.ACCOUNT)
                .setAccount("acme")
                .setUnit(BudgetUnit.IMPRESSIONS)
                .setAmount(100)
                .setPace(false);
    }
}

package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.UsageBatch;
import dev.afterglow.state.UsageMessage;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.streams.testkit.FakeAccounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What counts for a budget, as a table. Its course is what experiments use in one quarter-hour after the other, and what the
 * budget of 1,000 impressions, or of as much as they cost, says at the end of each. It is of the project {@code shop}, of the
 * team {@code growth} that has all experiments called {@code checkout}, or of {@code shop/production/checkout}.
 */
class BudgetScopesTest {

    /** Micro-units of an impression. */
    private static final long PRICE = 10;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            account, exactly at a threshold              | ACCOUNT    | MONEY       | other/test/search=400, shop/production/checkout=99, blog/production/checkout=1 -> OPEN 50
            account, jump                                | ACCOUNT    | IMPRESSIONS | other/test/search=1000 -> OPEN 100
            project, exactly at a threshold              | PROJECT    | MONEY       | other/production/checkout=5000, shop/production/checkout=300, shop/test/search=199, shop/production/search=1 -> OPEN 50
            project, one above                           | PROJECT    | MONEY       | shop/production/checkout=499, shop/test/checkout=2 -> OPEN 50
            project, jump over three                     | PROJECT    | MONEY       | shop/production/checkout=1000 -> OPEN 100
            project, jump past 100 %                     | PROJECT    | MONEY       | shop/production/checkout=500 -> OPEN 50, shop/test/search=2999 -> RESOLVED 50 + OPEN 300
            project, impressions exactly at a threshold  | PROJECT    | IMPRESSIONS | other/production/checkout=5000, shop/production/checkout=799 -> OPEN 50, shop/test/search=1 -> RESOLVED 50 + OPEN 80
            project, impressions jump over three         | PROJECT    | IMPRESSIONS | shop-2/production/checkout=5000, shop/production/search=1000 -> OPEN 100
            project, late usage reaches a threshold      | PROJECT    | IMPRESSIONS | shop/production/search=499, other/production/search=1, late:shop/test/search=1 -> OPEN 50
            experiment, exactly at a threshold           | EXPERIMENT | MONEY       | shop/test/checkout=5000, shop/production/search=5000, shop/production/checkout=499, shop/production/checkout=1 -> OPEN 50
            experiment, jump over three                  | EXPERIMENT | MONEY       | other/production/checkout=5000, shop/production/checkout=1000 -> OPEN 100
            experiment, jump past 100 %                  | EXPERIMENT | MONEY       | shop/production/checkout=800 -> OPEN 80, shop/production/checkout=1700 -> RESOLVED 80 + OPEN 200
            experiment, impressions exactly at one       | EXPERIMENT | IMPRESSIONS | shop/test/checkout=5000, shop/production/checkout=999 -> OPEN 80, shop/production/checkout=1 -> RESOLVED 80 + OPEN 100
            experiment, impressions jump over three      | EXPERIMENT | IMPRESSIONS | shop/production/check=5000, shop/production/checkout=2000 -> OPEN 200
            experiment, late usage reaches a threshold   | EXPERIMENT | MONEY       | shop/production/checkout=499, late:shop/test/checkout=900, late:shop/production/checkout=1 -> OPEN 50
            team, exactly at a threshold                 | TEAM       | MONEY       | shop/production/search=5000, shop/production/checkout=499, other/test/checkout=1 -> OPEN 50
            team, impressions jump over three            | TEAM       | IMPRESSIONS | shop/production/search=5000, other/test/checkout=1000 -> OPEN 100
            """)
    void counts(String name, BudgetScope scope, BudgetUnit unit, String course) {
        // given
        try (var cost = new CostBench()) {
            cost.accounts.add(FakeAccounts.plan("acme", 1, PRICE));
            cost.accounts.put(budget(scope, unit));
            cost.watermark(NOON);
            var told = new ArrayList<String>();

            // when
            var words = Arrays.stream(course.split(","))
                    .map(step -> step.split("->")[0].strip())
                    .toList();
            for (int i = 0; i < words.size(); i++) {
                told.add(told(cost, words.get(i), i));
            }

            // then
            assertThat(String.join(", ", told)).as(name).isEqualTo(course);
        }
    }

    private static String told(CostBench cost, String word, int quarter) {
        boolean late = word.startsWith("late:");
        var parts = word.substring(word.indexOf(':') + 1).split("=");
        use(cost, ExperimentKey.parse(parts[0]), quarter(late ? 0 : quarter), Long.parseLong(parts[1]));
        cost.judge(quarter(quarter + 1).plus(QuarterWatch.SETTLE));
        var messages = cost.alerts().stream().map(BudgetScopesTest::message).collect(Collectors.joining(" + "));
        return messages.isEmpty() ? word : word + " -> " + messages;
    }

    private static void use(CostBench cost, ExperimentKey experiment, Instant quarter, long impressions) {
        var usage = new ExperimentUsage(
                "acme",
                experiment.project(),
                experiment.environment(),
                experiment.experiment(),
                experiment.experiment().equals("checkout") ? "growth" : "search",
                List.of(new UsageQuarter(quarter, impressions, 0L)));
        cost.driver.pipe(cost.topics.usage(), "acme", new UsageMessage(new UsageBatch(List.of(usage))));
    }

    private static String message(CostAlert alert) {
        return alert.getStatus() + " " + alert.getThresholdPercent();
    }

    private static Instant quarter(int index) {
        return NOON.plus(Duration.ofMinutes(15L * index));
    }

    private static Budget.Builder budget(BudgetScope scope, BudgetUnit unit) {
        var budget = Budget.newBuilder()
                .setBudgetId("shop")
                .setVersion(1)
                .setScope(scope)
                .setAccount("acme")
                .setUnit(unit)
                .setCurrency(unit == BudgetUnit.MONEY ? "USD" : null)
                .setAmount(unit == BudgetUnit.MONEY ? 1_000 * PRICE : 1_000)
                .setPace(false);
        return switch (scope) {
            case PROJECT -> budget.setProject("shop");
            case TEAM -> budget.setTeam("growth");
            case EXPERIMENT ->
                budget.setProject("shop").setEnvironment("production").setExperiment("checkout");
            default -> budget;
        };
    }
}

package dev.afterglow.alerts.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetRulesTest {

    @ParameterizedTest
    @MethodSource("goodBudgets")
    void findsNothingWrongWithAGoodBudget(Budget budget) {
        assertThat(BudgetRules.problems(budget)).isEmpty();
    }

    static Stream<Budget> goodBudgets() {
        return Stream.of(
                Budgets.growth().build(),
                Budgets.impressions().build(),
                Budgets.growth().setScope(BudgetScope.TEAM).setTeam("growth").build(),
                Budgets.growth()
                        .setScope(BudgetScope.PROJECT)
                        .setProject("shop")
                        .build(),
                experiment(Budgets.growth()).build(),
                Budgets.growth().setActualPercents(List.of()).build(),
                Budgets.growth().setActualPercents(List.of(1, 150, 1_000)).build());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badBudgets")
    void namesTheFieldAndTheRemedy(String field, String remedy, Budget budget) {
        assertThat(BudgetRules.problems(budget))
                .singleElement()
                .asString()
                .startsWith(field + ": ")
                .contains(remedy);
    }

    static Stream<Arguments> badBudgets() {
        return Stream.of(
                bad("budgetId", "lower-case", b -> b.setBudgetId("a/b")),
                bad("version", "from 1", b -> b.setVersion(0)),
                bad("account", "lower-case", b -> b.setAccount("")),
                bad("scope", "say ACCOUNT", b -> b.setScope(BudgetScope.UNKNOWN)),
                bad("team", "scope TEAM needs it", b -> b.setScope(BudgetScope.TEAM)),
                bad("project", "scope PROJECT needs it", b -> b.setScope(BudgetScope.PROJECT)),
                bad("project", "EXPERIMENT needs it", b -> experiment(b).setProject(null)),
                bad("environment", "EXPERIMENT needs it", b -> experiment(b).setEnvironment("")),
                bad("experiment", "EXPERIMENT needs it", b -> experiment(b).setExperiment(null)),
                bad("team", "narrower scope", b -> b.setTeam("growth")),
                bad(
                        "experiment",
                        "narrower scope",
                        b -> b.setScope(BudgetScope.PROJECT).setProject("shop").setExperiment("checkout")),
                bad("amount", "above 0", b -> b.setAmount(0)),
                bad("unit", "MONEY or IMPRESSIONS", b -> b.setUnit(BudgetUnit.UNKNOWN)),
                bad("currency", "three capital", b -> b.setCurrency(null)),
                bad("currency", "three capital", b -> b.setCurrency("usd")),
                bad("actualPercents[0]", "1 or more", b -> b.setActualPercents(List.of(0, 50))),
                bad("actualPercents[2]", "rising", b -> b.setActualPercents(List.of(50, 80, 80))));
    }

    @Test
    void listsAllProblemsAtOnce() {
        var budget =
                Budgets.growth().setAmount(-1).setCurrency("?").setVersion(-1).build();

        assertThat(BudgetRules.problems(budget)).hasSize(3);
    }

    @Test
    void asksNothingButTheIdOfADeletedBudget() {
        assertThat(BudgetRules.problems(
                        Budgets.growth().setAmount(0).setDeleted(true).build()))
                .isEmpty();
    }

    private static Budget.Builder experiment(Budget.Builder budget) {
        return budget.setScope(BudgetScope.EXPERIMENT)
                .setProject("shop")
                .setEnvironment("production")
                .setExperiment("checkout/button colour");
    }

    private static Arguments bad(String field, String remedy, UnaryOperator<Budget.Builder> change) {
        return Arguments.of(field, remedy, change.apply(Budgets.growth()).build());
    }
}

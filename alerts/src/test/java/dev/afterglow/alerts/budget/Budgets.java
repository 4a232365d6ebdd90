package dev.afterglow.alerts.budget;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import java.util.List;

/** Budgets for tests. */
final class Budgets {

    private Budgets() {}

    /** USD 1,000 a month for account acme, with thresholds at 50, 80 and 100 %. */
    static Budget.Builder growth() {
        return Budget.newBuilder()
                .setBudgetId("growth")
                .setVersion(1)
                .setScope(BudgetScope.ACCOUNT)
                .setAccount("acme")
                .setUnit(BudgetUnit.MONEY)
                .setAmount(1_000_000_000L)
                .setCurrency("USD")
                .setActualPercents(List.of(50, 80, 100))
                .setForecastPercents(List.of())
                .setOwnerTeam("growth-team")
                .setContacts(List.of("owner@example.org"))
                .setDeleted(false);
    }

    /** A million impressions. */
    static Budget.Builder impressions() {
        return growth().setUnit(BudgetUnit.IMPRESSIONS).setAmount(1_000_000).setCurrency(null);
    }
}

package dev.afterglow.streams.cost;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;

/** Budgets of the account {@code acme}, without alerts on pace. */
final class Budgets {

    private Budgets() {}

    /** A version of the budget {@code growth}, of so many impressions. */
    static Budget.Builder impressions(long version, long amount) {
        return budget("growth", version, amount).setUnit(BudgetUnit.IMPRESSIONS);
    }

    /** A budget of so many micro-units of USD. */
    static Budget.Builder money(String id, long micros) {
        return budget(id, 1, micros).setUnit(BudgetUnit.MONEY).setCurrency("USD");
    }

    private static Budget.Builder budget(String id, long version, long amount) {
        return Budget.newBuilder()
                .setBudgetId(id)
                .setVersion(version)
                .setScope(BudgetScope.ACCOUNT)
                .setAccount("acme")
                .setAmount(amount)
                .setPace(false);
    }
}

package dev.afterglow.streams.demo;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Two budgets of one account, sized by what will be spent: one is overrun, the other is not half used. */
final class Budgets {

    static final String OVERRUN = "acme-month";
    static final String CALM = "shop-month";

    private final Bill spent;

    /**
     * @param spent the bill of the period that is running
     */
    Budgets(Bill spent) {
        this.spent = spent;
    }

    List<Budget> budgets() {
        return List.of(
                budget(OVERRUN, BudgetScope.ACCOUNT, Math.max(1, spent.costMicros() / 5 * 4)),
                budget(CALM, BudgetScope.PROJECT, Math.max(1, Math.multiplyExact(spent.costMicros(), 4))));
    }

    /** What the budgets have to raise: nothing when the period is too young to cost anything. */
    List<ExpectedAlert> alerts() {
        if (spent.costMicros() == 0) {
            return List.of();
        }
        var periodEnd = spent.period().plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC);
        return List.of(new ExpectedAlert(
                ExpectedAlert.BUDGET_ACTUAL, OVERRUN, AlertStatus.OPEN, Optional.of(periodEnd.toInstant())));
    }

    private Budget budget(String id, BudgetScope scope, long amount) {
        return Budget.newBuilder()
                .setBudgetId(id)
                .setVersion(1)
                .setScope(scope)
                .setAccount(spent.account())
                .setProject(scope == BudgetScope.PROJECT ? Fleet.SHOP : null)
                .setUnit(BudgetUnit.MONEY)
                .setAmount(amount)
                .setCurrency(spent.currency())
                .setActualPercents(List.of(50, 80, 100))
                .setOwnerTeam("shop-web")
                .setContacts(List.of("shop-web@example.com"))
                .build();
    }
}

package dev.afterglow.streams.demo;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Two budgets of one account, sized by what will be spent: one is overrun, but early in a month, the other is not half used. */
final class Budgets {

    static final String OVERRUN = "acme-month";
    static final String CALM = "shop-month";

    /** Of a younger month too much is in the quarter-hour that is not over: a budget is judged when it is. */
    private static final Duration OLD_ENOUGH = Duration.ofHours(6);

    private final Bill spent;
    private final boolean isOverrun;

    /**
     * @param spent the bill of the period that is running
     * @param now the present of the fleet
     */
    Budgets(Bill spent, Instant now) {
        this.spent = spent;
        this.isOverrun =
                spent.costMicros() > 0 && !now.isBefore(startOf(spent.period()).plus(OLD_ENOUGH));
    }

    List<Budget> budgets() {
        return List.of(
                budget(
                        OVERRUN,
                        BudgetScope.ACCOUNT,
                        isOverrun
                                ? Math.max(1, spent.costMicros() / 5 * 4)
                                : Math.max(1, Math.multiplyExact(spent.costMicros(), 4))),
                budget(CALM, BudgetScope.PROJECT, Math.max(1, Math.multiplyExact(spent.costMicros(), 4))));
    }

    /** What the budgets have to raise: nothing when the period is too young. */
    List<ExpectedAlert> alerts() {
        if (!isOverrun) {
            return List.of();
        }
        var periodEnd = startOf(spent.period().plusMonths(1));
        return List.of(
                new ExpectedAlert(ExpectedAlert.BUDGET_ACTUAL, OVERRUN, AlertStatus.OPEN, Optional.of(periodEnd)));
    }

    private static Instant startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
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

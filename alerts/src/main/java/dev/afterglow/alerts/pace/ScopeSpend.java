package dev.afterglow.alerts.pace;

import dev.afterglow.alerts.money.BillingPeriod;
import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.contract.BudgetUnit;
import java.time.Instant;

/**
 * The spend of a scope, out of traffic by the quarter-hour.
 *
 * @param unit unit of the budget
 * @param account usage of the whole account; for a part of it priced by {@link
 *     dev.afterglow.alerts.money.PeriodPricing#usageOnly}, as budgets of parts are
 * @param scope the part of it that counts for the budget, in the same period
 */
public record ScopeSpend(BudgetUnit unit, PeriodUsage account, PeriodUsage scope) implements SpendCurve {

    @Override
    public String period() {
        return new BillingPeriod(account.pricing().month(), account.pricing().zone()).text();
    }

    @Override
    public Instant start() {
        return account.pricing().start();
    }

    @Override
    public Instant end() {
        return account.pricing().end();
    }

    @Override
    public String currency() {
        return account.pricing().currency();
    }

    @Override
    public long until(Instant instant) {
        if (unit != BudgetUnit.MONEY) {
            return scope.impressions(instant);
        }
        var cost = account.sharedCost(instant);
        // Fee and minimum are owed from the start on, and so are no part of what is spent in any window.
        return cost.impressions() == 0 ? cost.micros() : cost.part(scope.priced(instant));
    }
}

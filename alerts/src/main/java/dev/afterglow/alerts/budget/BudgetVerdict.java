package dev.afterglow.alerts.budget;

import dev.afterglow.contract.CostAlert;
import dev.afterglow.state.BudgetState;
import java.util.List;
import java.util.Optional;

/**
 * What came of judging a budget.
 *
 * @param next state to keep for the budget and period
 * @param alerts changes of state to publish, in this order; empty most of the time
 * @param problem why the budget could not be judged, with the remedy; empty when it was
 */
public record BudgetVerdict(BudgetState next, List<CostAlert> alerts, Optional<String> problem) {

    /** Keeps the alerts from being changed. */
    public BudgetVerdict {
        alerts = List.copyOf(alerts);
    }
}

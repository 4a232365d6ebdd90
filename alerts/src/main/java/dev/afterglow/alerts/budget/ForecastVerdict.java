package dev.afterglow.alerts.budget;

import dev.afterglow.contract.CostAlert;
import dev.afterglow.state.ForecastState;
import java.util.List;

/**
 * What came of judging the forecast of a budget.
 *
 * @param next state to keep for the budget and period
 * @param alerts changes of state to publish, in this order; empty most of the time
 */
public record ForecastVerdict(ForecastState next, List<CostAlert> alerts) {

    /** Keeps the alerts from being changed. */
    public ForecastVerdict {
        alerts = List.copyOf(alerts);
    }
}

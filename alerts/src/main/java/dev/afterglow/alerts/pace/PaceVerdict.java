package dev.afterglow.alerts.pace;

import dev.afterglow.contract.CostAlert;
import dev.afterglow.state.PaceState;
import java.util.List;

/**
 * What came of judging the pace of a budget.
 *
 * @param next state to keep; null when no alert is open
 * @param alerts changes of state to publish, in this order; empty most of the time
 */
public record PaceVerdict(PaceState next, List<CostAlert> alerts) {

    /** Keeps the alerts from being changed. */
    public PaceVerdict {
        alerts = List.copyOf(alerts);
    }
}

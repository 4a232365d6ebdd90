package dev.afterglow.alerts.budget;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.BudgetState;
import java.time.Instant;
import java.util.List;

/** Writes the alerts of one judgement. */
final class CostAlertAuthor {

    private final Budget budget;
    private final String period;
    private final BudgetSpend spend;
    private final Instant at;
    private final BudgetSentence sentence;

    CostAlertAuthor(Budget budget, String period, BudgetSpend spend, Instant at, boolean comparable) {
        this.budget = budget;
        this.period = period;
        this.spend = spend;
        this.at = at;
        this.sentence = new BudgetSentence(budget, period, spend, comparable);
    }

    CostAlert opened(int threshold) {
        var id = String.join(
                "/",
                CostKind.BUDGET_ACTUAL.name(),
                budget.getBudgetId(),
                Long.toString(budget.getVersion()),
                period,
                Integer.toString(threshold));
        return common(budget, period, spend, at)
                .setAlertId(id)
                .setKind(CostKind.BUDGET_ACTUAL)
                .setBudgetVersion(budget.getVersion())
                .setSeverity(Thresholds.severity(threshold))
                .setThresholdPercent(threshold)
                .setStatus(AlertStatus.OPEN)
                .setOpenedAt(at)
                .setSummary(sentence.opened(threshold))
                .build();
    }

    /** @param next threshold whose alert follows; of interest when the reason is SUPERSEDED */
    CostAlert resolved(BudgetState state, Resolution reason, int next) {
        return common(budget, period, spend, at)
                .setAlertId(state.getAlertId())
                .setKind(CostKind.BUDGET_ACTUAL)
                .setBudgetVersion(state.getBudgetVersion())
                .setSeverity(Thresholds.severity(state.getCrossedPercent()))
                .setThresholdPercent(state.getCrossedPercent())
                .setStatus(AlertStatus.RESOLVED)
                .setOpenedAt(state.getOpenedAt())
                .setResolution(reason)
                .setSummary(sentence.resolved(state, reason, next))
                .build();
    }

    /** What alerts on actual spend and on the forecast have in common. */
    static CostAlert.Builder common(Budget budget, String period, BudgetSpend spend, Instant at) {
        boolean money = budget.getUnit() == BudgetUnit.MONEY;
        boolean ofTeam = budget.getOwnerTeam() == null && budget.getScope() == BudgetScope.TEAM;
        return CostAlert.newBuilder()
                .setAccount(budget.getAccount())
                .setBudgetId(budget.getBudgetId())
                .setPeriod(period)
                .setAt(at)
                .setUnit(budget.getUnit() == null ? BudgetUnit.UNKNOWN : budget.getUnit())
                .setCurrency(money ? spend.currency() : null)
                .setSpend(spend.spend())
                .setAmount(budget.getAmount())
                .setWastedMicros(spend.wastedMicros())
                .setTeam(ofTeam ? budget.getTeam() : budget.getOwnerTeam())
                .setContacts(budget.getContacts() == null ? List.of() : List.copyOf(budget.getContacts()));
    }
}

package dev.afterglow.alerts.budget;

import dev.afterglow.alerts.money.MoneyText;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.ForecastState;
import java.time.Instant;
import java.util.Optional;

/** Writes the alerts of one judgement of a forecast. */
record ForecastAlertAuthor(
        Budget budget, String period, BudgetSpend spend, Optional<Outlook> outlook, Instant at, boolean comparable) {

    CostAlert opened(int threshold) {
        var id = String.join(
                "/",
                CostKind.BUDGET_FORECAST.name(),
                budget.getBudgetId(),
                Long.toString(budget.getVersion()),
                period,
                Integer.toString(threshold));
        return common(id, budget.getVersion(), threshold)
                .setStatus(AlertStatus.OPEN)
                .setOpenedAt(at)
                .setSummary(facts() + "; threshold " + BudgetSentence.percent(threshold) + ".")
                .build();
    }

    CostAlert resolved(ForecastState state, Resolution reason, String why) {
        return common(state.getAlertId(), state.getBudgetVersion(), state.getOpenPercent())
                .setStatus(AlertStatus.RESOLVED)
                .setOpenedAt(state.getOpenedAt())
                .setResolution(reason)
                .setSummary(facts() + "; its forecast alert at " + BudgetSentence.percent(state.getOpenPercent()) + " "
                        + why + ".")
                .build();
    }

    private CostAlert.Builder common(String id, long version, int threshold) {
        return CostAlertAuthor.common(budget, period, spend, at)
                .setAlertId(id)
                .setKind(CostKind.BUDGET_FORECAST)
                .setBudgetVersion(version)
                .setSeverity(Thresholds.severity(threshold))
                .setThresholdPercent(threshold)
                .setForecast(outlook.map(Outlook::expected).orElse(null))
                .setForecastLow(outlook.map(Outlook::low).orElse(null))
                .setForecastHigh(outlook.map(Outlook::high).orElse(null));
    }

    private String facts() {
        var now = new BudgetSentence(budget, period, spend, comparable).facts();
        return budget.getDeleted() || !comparable
                ? now
                : now + outlook.map(this::expectation).orElse("");
    }

    private String expectation(Outlook end) {
        return " and is expected to end at " + amount(end.expected()) + " ("
                + BudgetSentence.percent(Thresholds.percent(end.expected(), budget.getAmount())) + "; between "
                + amount(end.low()) + " and " + amount(end.high()) + ")";
    }

    private String amount(long value) {
        if (budget.getUnit() != BudgetUnit.MONEY) {
            return BudgetSentence.number(value);
        }
        var currency = budget.getCurrency();
        return MoneyText.of(value, currency, MoneyText.decimalsOf(budget.getAmount(), currency));
    }
}

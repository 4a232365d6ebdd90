package dev.afterglow.streams.cost;

import dev.afterglow.alerts.budget.BudgetJudge;
import dev.afterglow.alerts.budget.BudgetSpend;
import dev.afterglow.alerts.money.AccountBill;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.BudgetState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the budgets of an account judged by what the account has spent. */
final class BudgetDesk {

    private static final Logger LOGGER = LoggerFactory.getLogger(BudgetDesk.class);

    private final Accounts accounts;
    private final KeyValueStore<String, BudgetState> states;
    private final ForecastDesk forecasts;

    BudgetDesk(Accounts accounts, KeyValueStore<String, BudgetState> states, ForecastDesk forecasts) {
        this.accounts = accounts;
        this.states = states;
        this.forecasts = forecasts;
    }

    /** The alerts that come of a bill and of the forecasts. */
    List<CostAlert> judge(
            PeriodKey period, Billing billing, Outlooks outlooks, Function<String, String> teams, Instant at) {
        var alerts = new ArrayList<CostAlert>();
        boolean ended = !at.isBefore(billing.periodEnd());
        for (Budget budget : accounts.budgets(period.account())) {
            String key = period.prefix() + budget.getBudgetId();
            var use = use(budget, billing.bill(), teams);
            var verdict =
                    BudgetJudge.judge(states.get(key), budget, period.month().toString(), use.spend(), at, ended);
            states.put(key, verdict.next());
            alerts.addAll(verdict.alerts());
            alerts.addAll(forecasts.judge(period, budget, use, outlooks, at, ended));
            verdict.problem()
                    .ifPresent(problem -> LOGGER.atWarn()
                            .addKeyValue("budget", budget.getBudgetId())
                            .addKeyValue("period", period.month())
                            .log(problem));
        }
        return alerts;
    }

    /** Periods with an open alert that are over, or have another full day by which its forecast is judged. */
    List<PeriodKey> dueWithOpenAlerts(Instant at) {
        var ended = new TreeSet<>(forecasts.due(at));
        try (var all = states.all()) {
            all.forEachRemaining(entry -> {
                var period = PeriodKey.parse(entry.key);
                if (entry.value.getAlertId() != null
                        && !accounts.plans(period.account())
                                .pricing(period.month())
                                .end()
                                .isAfter(at)) {
                    ended.add(period);
                }
            });
        }
        return List.copyOf(ended);
    }

    private static ScopeUse use(Budget budget, AccountBill<String> bill, Function<String, String> teams) {
        long spend = 0;
        long wasted = 0;
        long impressions = 0;
        for (var share : bill.shares()) {
            if (isInScope(budget, share.key(), teams)) {
                // Without fee and minimum, of which the first to be seen in a period would have the whole.
                spend = Math.addExact(
                        spend, budget.getUnit() == BudgetUnit.MONEY ? share.usageMicros() : share.impressions());
                wasted = Math.addExact(wasted, share.wastedMicros());
                impressions = Math.addExact(impressions, share.impressions());
            }
        }
        if (budget.getScope() == BudgetScope.ACCOUNT && budget.getUnit() == BudgetUnit.MONEY) {
            // Of a period without impressions nobody has a part.
            spend = bill.costMicros();
        }
        return new ScopeUse(new BudgetSpend(spend, bill.currency(), wasted), impressions, bill.impressions());
    }

    private static boolean isInScope(Budget budget, String key, Function<String, String> teams) {
        var experiment = ExperimentKey.parse(key);
        return switch (budget.getScope()) {
            case ACCOUNT -> true;
            case TEAM -> Objects.equals(budget.getTeam(), teams.apply(key));
            case PROJECT -> experiment.project().equals(budget.getProject());
            // A deleted budget may leave out what it was of.
            case EXPERIMENT ->
                experiment.project().equals(budget.getProject())
                        && experiment.environment().equals(budget.getEnvironment())
                        && experiment.experiment().equals(budget.getExperiment());
            case UNKNOWN -> false;
        };
    }
}

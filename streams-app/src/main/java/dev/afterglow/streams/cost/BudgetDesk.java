package dev.afterglow.streams.cost;

import dev.afterglow.alerts.budget.BudgetJudge;
import dev.afterglow.alerts.budget.BudgetSpend;
import dev.afterglow.alerts.money.AccountBill;
import dev.afterglow.contract.Budget;
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

    BudgetDesk(Accounts accounts, KeyValueStore<String, BudgetState> states) {
        this.accounts = accounts;
        this.states = states;
    }

    /** The alerts that come of a bill. */
    List<CostAlert> judge(PeriodKey period, Billing billing, Function<String, String> teams, Instant at) {
        var alerts = new ArrayList<CostAlert>();
        boolean ended = !at.isBefore(billing.periodEnd());
        for (Budget budget : accounts.budgets(period.account())) {
            String key = period.prefix() + budget.getBudgetId();
            var verdict = BudgetJudge.judge(
                    states.get(key),
                    budget,
                    period.month().toString(),
                    spend(budget, billing.bill(), teams),
                    at,
                    ended);
            states.put(key, verdict.next());
            alerts.addAll(verdict.alerts());
            verdict.problem()
                    .ifPresent(problem -> LOGGER.atWarn()
                            .addKeyValue("budget", budget.getBudgetId())
                            .addKeyValue("period", period.month())
                            .log(problem));
        }
        return alerts;
    }

    /** Periods that are over and still have an open alert. */
    List<PeriodKey> endedWithOpenAlerts(Instant at) {
        var ended = new TreeSet<PeriodKey>();
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

    private static BudgetSpend spend(Budget budget, AccountBill<String> bill, Function<String, String> teams) {
        long spend = 0;
        long wasted = 0;
        for (var share : bill.shares()) {
            if (isInScope(budget, share.key(), teams)) {
                spend = Math.addExact(
                        spend, budget.getUnit() == BudgetUnit.MONEY ? share.costMicros() : share.impressions());
                wasted = Math.addExact(wasted, share.wastedMicros());
            }
        }
        return new BudgetSpend(spend, bill.currency(), wasted);
    }

    private static boolean isInScope(Budget budget, String key, Function<String, String> teams) {
        var experiment = ExperimentKey.parse(key);
        return switch (budget.getScope()) {
            case ACCOUNT -> true;
            case TEAM -> Objects.equals(budget.getTeam(), teams.apply(key));
            case PROJECT -> experiment.project().equals(budget.getProject());
            case EXPERIMENT ->
                experiment.equals(
                        new ExperimentKey(budget.getProject(), budget.getEnvironment(), budget.getExperiment()));
            case UNKNOWN -> false;
        };
    }
}

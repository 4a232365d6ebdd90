package dev.afterglow.alerts.budget;

import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.BudgetState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the actual spend of a period against a budget. The package description says by which rules. */
public final class BudgetJudge {

    /** Version of the state of a period that ended before any budget was armed for it; budgets count from 1. */
    private static final long NEVER_ARMED = 0;

    private final Budget budget;
    private final CostAlertAuthor author;
    private final List<CostAlert> alerts = new ArrayList<>();
    private BudgetState state;

    private BudgetJudge(Budget budget, BudgetState state, CostAlertAuthor author) {
        this.budget = budget;
        this.state = state;
        this.author = author;
    }

    /**
     * Judges one budget in one period. Judged again with nothing changed, it returns the same state and no alerts.
     *
     * <p>A period that has ended and was never judged before ({@code before} null) is left alone; to have its last figures
     * judged all the same, pass {@link #armed}.
     *
     * @param before state kept from the last judgement of this budget and period; null when there was none
     * @param budget version of the budget in force
     * @param period the period, {@code YYYY-MM}
     * @param spend what was spent in it so far
     * @param at time of the judgement in the time of the traffic; becomes the time of the alerts
     * @param periodEnded whether the period is over
     * @return the next state and what to publish
     */
    public static BudgetVerdict judge(
            BudgetState before, Budget budget, String period, BudgetSpend spend, Instant at, boolean periodEnded) {
        var problem = problem(budget, period, spend);
        var state = before != null ? before : armed(periodEnded ? NEVER_ARMED : budget.getVersion());
        var author = new CostAlertAuthor(budget, period, spend, at.truncatedTo(ChronoUnit.MILLIS), problem.isEmpty());
        return new BudgetJudge(budget, state, author).judge(problem, spend, periodEnded);
    }

    /** The state of a budget version of which no threshold was crossed yet. */
    public static BudgetState armed(long budgetVersion) {
        return new BudgetState(budgetVersion, 0, null, null);
    }

    private BudgetVerdict judge(Optional<String> problem, BudgetSpend spend, boolean periodEnded) {
        boolean otherVersion = state.getBudgetVersion() != budget.getVersion();
        if (budget.getDeleted() || otherVersion) {
            resolveOpen(periodEnded ? Resolution.PERIOD_ENDED : Resolution.BUDGET_CHANGED);
            if (budget.getDeleted() || periodEnded) {
                return new BudgetVerdict(state, alerts, Optional.empty());
            }
            state = armed(budget.getVersion());
        }
        if (problem.isEmpty()) {
            judgeThresholds(Thresholds.percent(spend.spend(), budget.getAmount()));
        }
        if (periodEnded) {
            resolveOpen(Resolution.PERIOD_ENDED);
        }
        return new BudgetVerdict(state, alerts, problem);
    }

    private void judgeThresholds(int percent) {
        int reached = Thresholds.highestReached(percent, budget.getActualPercents());
        if (reached > state.getCrossedPercent()) {
            resolveOpen(Resolution.SUPERSEDED, reached);
            var alert = author.opened(reached);
            alerts.add(alert);
            state = new BudgetState(budget.getVersion(), reached, alert.getOpenedAt(), alert.getAlertId());
        } else if (percent < state.getCrossedPercent()) {
            resolveOpen(Resolution.BELOW_THRESHOLD);
        }
    }

    private void resolveOpen(Resolution reason) {
        resolveOpen(reason, 0);
    }

    private void resolveOpen(Resolution reason, int next) {
        if (state.getAlertId() != null) {
            alerts.add(author.resolved(state, reason, next));
            state = new BudgetState(state.getBudgetVersion(), state.getCrossedPercent(), null, null);
        }
    }

    /** Why a budget cannot be judged in a period; empty when it can. */
    static Optional<String> problem(Budget budget, String period, BudgetSpend spend) {
        var wrong = BudgetRules.problems(budget);
        if (!wrong.isEmpty()) {
            return Optional.of("budget " + budget.getBudgetId() + " version " + budget.getVersion()
                    + " cannot be judged: " + String.join("; ", wrong));
        }
        if (budget.getDeleted()
                || budget.getUnit() != BudgetUnit.MONEY
                || budget.getCurrency().equals(spend.currency())) {
            return Optional.empty();
        }
        return Optional.of("budget " + budget.getBudgetId() + " cannot be judged in " + period + ": account "
                + budget.getAccount()
                + (PeriodPricing.NO_CURRENCY.equals(spend.currency())
                        ? " has no price plan: add one, or give the budget in impressions"
                        : " is billed in " + spend.currency() + ", the budget is in " + budget.getCurrency()
                                + ": give its amount in " + spend.currency()));
    }
}

package dev.afterglow.alerts.pace;

import dev.afterglow.alerts.budget.BudgetRules;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.PaceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Judges how fast a budget is spent. The package description says by which rules. */
public final class PaceJudge {

    /** An alert stays open from this part of the limit on, in percent. */
    private static final int HELD_FROM = 80;

    private final Budget budget;
    private final SpendCurve spend;
    private final Instant at;
    private final PaceAlertAuthor author;
    private final List<CostAlert> alerts = new ArrayList<>();

    private PaceJudge(Budget budget, SpendCurve spend, Instant at) {
        this.budget = budget;
        this.spend = spend;
        this.at = at;
        author = new PaceAlertAuthor(budget, spend, at);
    }

    /**
     * Judges one budget at the end of a quarter-hour. While an alert is open, every quarter-hour has to be judged, with
     * traffic or without.
     *
     * @param before state kept of the budget; null when no alert is open
     * @param budget version of the budget in force
     * @param spend what its scope spends in the period of the quarter-hour
     * @param at end of the quarter-hour, in the period or at its end; becomes the time of the alerts
     */
    public static PaceVerdict judge(PaceState before, Budget budget, SpendCurve spend, Instant at) {
        return new PaceJudge(budget, spend, at).judge(before);
    }

    private PaceVerdict judge(PaceState before) {
        var state = before;
        if (state != null && (budget.getDeleted() || state.getBudgetVersion() != budget.getVersion())) {
            state = resolve(state, Resolution.BUDGET_CHANGED);
        } else if (state != null && !state.getPeriod().equals(spend.period())) {
            state = resolve(state, Resolution.PERIOD_ENDED);
        }
        if (budget.getDeleted() || !budget.getPace()) {
            return new PaceVerdict(null, alerts);
        }
        // What cannot be judged holds what is open, and is told of where its thresholds are judged.
        if (BudgetRules.problems(budget).isEmpty() && isComparable()) {
            for (PaceRule rule : PaceRule.values()) {
                state = judge(state, new Burn(rule, spend, budget.getAmount(), at));
            }
            if (state != null && !at.isBefore(state.getHeldUntil())) {
                state = resolve(state, Resolution.BELOW_THRESHOLD);
            }
        }
        if (state != null && !at.isBefore(spend.end())) {
            state = resolve(state, Resolution.PERIOD_ENDED);
        }
        return new PaceVerdict(state, alerts);
    }

    private PaceState judge(PaceState state, Burn burn) {
        var until = at.plus(burn.rule().held());
        if (state == null) {
            return at.isBefore(spend.end()) && burn.isAt(100) && burn.usesUp() ? open(burn, until) : null;
        }
        if (!burn.isAt(HELD_FROM)) {
            return state;
        }
        boolean escalates = burn.rule().severity() == Severity.CRITICAL
                && state.getSeverity() != Severity.CRITICAL
                && burn.isAt(100)
                && burn.usesUp();
        var held = new PaceState(
                state.getBudgetVersion(),
                state.getPeriod(),
                state.getAlertId(),
                escalates ? Severity.CRITICAL : state.getSeverity(),
                state.getSince(),
                state.getOpenedAt(),
                until.isAfter(state.getHeldUntil()) ? until : state.getHeldUntil());
        if (escalates) {
            alerts.add(author.escalated(held, burn));
        }
        return held;
    }

    private PaceState open(Burn burn, Instant until) {
        var state = new PaceState(
                budget.getVersion(), spend.period(), author.newId(), burn.rule().severity(), burn.since(), at, until);
        alerts.add(author.opened(state, burn));
        return state;
    }

    private PaceState resolve(PaceState state, Resolution reason) {
        alerts.add(author.resolved(state, reason));
        return null;
    }

    private boolean isComparable() {
        return budget.getUnit() != BudgetUnit.MONEY || budget.getCurrency().equals(spend.currency());
    }
}

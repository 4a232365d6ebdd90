package dev.afterglow.alerts.budget;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.ForecastState;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the forecast of a period's end against a budget. The package description says by which rules. */
public final class ForecastJudge {

    /** A threshold counts as expected until the forecast is below this part of it. */
    private static final int HELD_PERCENT = 95;

    private final Budget budget;
    private final ForecastAlertAuthor author;
    private final int spent;
    private final int actual;
    private final List<CostAlert> alerts = new ArrayList<>();
    private ForecastState.Builder state;

    private ForecastJudge(Budget budget, ForecastState.Builder state, ForecastAlertAuthor author) {
        this.budget = budget;
        this.state = state;
        this.author = author;
        this.spent = author.comparable() && !budget.getDeleted()
                ? Thresholds.percent(author.spend().spend(), budget.getAmount())
                : 0;
        this.actual = Thresholds.highestReached(spent, budget.getActualPercents());
    }

    /**
     * Judges a new forecast, made at the end of a full day.
     *
     * @param before state kept from the last judgement of this budget and period; null when there was none
     * @param budget version of the budget in force
     * @param period the period, {@code YYYY-MM}
     * @param spend what was spent in it up to the end of the day
     * @param outlook where it is expected to end; empty while there is too little to go by
     * @param at end of the day; becomes the time of the alerts
     * @return the next state and what to publish
     */
    public static ForecastVerdict day(
            ForecastState before,
            Budget budget,
            String period,
            BudgetSpend spend,
            Optional<Outlook> outlook,
            Instant at) {
        var judge = judge(before, budget, period, spend, outlook, at);
        judge.followTheBudget();
        judge.comeTrue();
        if (judge.author.comparable() && !budget.getDeleted() && outlook.isPresent()) {
            judge.thresholds(outlook.get().expected());
            judge.comeTrue();
        }
        judge.state.setJudgedUpTo(at.truncatedTo(ChronoUnit.MILLIS));
        return new ForecastVerdict(judge.state.build(), judge.alerts);
    }

    /**
     * Judges what may change in mid-day: the budget, its actual spend, and the end of the period. Judged again with nothing
     * changed, it returns the same state and no alerts.
     *
     * @param before state kept from the last judgement of this budget and period; null when there was none
     * @param budget version of the budget in force
     * @param period the period, {@code YYYY-MM}
     * @param spend what was spent in it so far
     * @param outlook the newest forecast, for the alerts to name; empty when there is none
     * @param at time of the judgement in the time of the traffic; becomes the time of the alerts
     * @param periodEnded whether the period is over
     * @return the next state and what to publish
     */
    public static ForecastVerdict between(
            ForecastState before,
            Budget budget,
            String period,
            BudgetSpend spend,
            Optional<Outlook> outlook,
            Instant at,
            boolean periodEnded) {
        var judge = judge(before, budget, period, spend, outlook, at);
        if (periodEnded) {
            judge.resolve(Resolution.PERIOD_ENDED, "is resolved, since the period has ended");
        } else {
            judge.followTheBudget();
            judge.comeTrue();
        }
        return new ForecastVerdict(judge.state.build(), judge.alerts);
    }

    private static ForecastJudge judge(
            ForecastState before,
            Budget budget,
            String period,
            BudgetSpend spend,
            Optional<Outlook> outlook,
            Instant at) {
        var state = before != null ? ForecastState.newBuilder(before) : armed(budget.getVersion());
        boolean comparable = BudgetJudge.problem(budget, period, spend).isEmpty();
        var author =
                new ForecastAlertAuthor(budget, period, spend, outlook, at.truncatedTo(ChronoUnit.MILLIS), comparable);
        return new ForecastJudge(budget, state, author);
    }

    private static ForecastState.Builder armed(long budgetVersion) {
        return ForecastState.newBuilder().setBudgetVersion(budgetVersion).setExpectedPercent(0);
    }

    private void followTheBudget() {
        if (budget.getDeleted() || state.getBudgetVersion() != budget.getVersion()) {
            resolve(
                    Resolution.BUDGET_CHANGED,
                    budget.getDeleted() ? "is resolved" : "is resolved, since the budget has a new version");
            state = armed(budget.getVersion());
        }
    }

    private void comeTrue() {
        if (state.getOpenPercent() <= spent) {
            resolve(Resolution.SUPERSEDED, "has come true");
        }
    }

    private void thresholds(long expected) {
        int reached = highest(expected, 100);
        int held = highest(expected, HELD_PERCENT);
        if (reached > state.getExpectedPercent()) {
            open(reached);
            state.setExpectedPercent(reached);
        } else if (held < state.getExpectedPercent()) {
            // What is below it and still expected counts as told: a falling forecast is no reason to page.
            resolve(Resolution.BELOW_THRESHOLD, "is resolved, since less is expected again");
            state.setExpectedPercent(held);
        }
    }

    private void open(int threshold) {
        // What is spent already and no actual threshold tells of is told all the same, though it has come true at once.
        if (threshold <= actual) {
            return;
        }
        resolve(Resolution.SUPERSEDED, "gives way to one at " + BudgetSentence.percent(threshold));
        var alert = author.opened(threshold);
        alerts.add(alert);
        state.setOpenedAt(alert.getOpenedAt());
        state.setAlertId(alert.getAlertId());
        state.setOpenPercent(threshold);
    }

    private void resolve(Resolution reason, String why) {
        if (state.getAlertId() != null) {
            alerts.add(author.resolved(state.build(), reason, why));
            state.setAlertId(null);
            state.setOpenedAt(null);
            state.setOpenPercent(0);
        }
    }

    /** Highest threshold of which the expectation is so many percent or more; 0 when none is. */
    private int highest(long expected, int percent) {
        var scaled = BigInteger.valueOf(expected).multiply(BigInteger.valueOf(100 * 100));
        var part = BigInteger.valueOf(budget.getAmount()).multiply(BigInteger.valueOf(percent));
        int highest = 0;
        for (int threshold : budget.getForecastPercents()) {
            if (scaled.compareTo(part.multiply(BigInteger.valueOf(threshold))) >= 0) {
                highest = Math.max(highest, threshold);
            }
        }
        return highest;
    }
}

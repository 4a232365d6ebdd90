package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Has the budgets of an account judged: at the end of every quarter-hour in which the account was used, by what was spent up
 * to it, so that alerts and their times are the same on every replay; and once more when something of the past changed.
 */
final class BudgetDesk {

    private final Accounts accounts;
    private final BudgetCurves curves;
    private final ThresholdDesk thresholds;
    private final PaceDesk pace;

    BudgetDesk(Accounts accounts, BudgetCurves curves, ThresholdDesk thresholds, PaceDesk pace) {
        this.accounts = accounts;
        this.curves = curves;
        this.thresholds = thresholds;
        this.pace = pace;
    }

    /** Ids of the budgets of an account that have to be judged when it was used, in their order. */
    List<String> idsOf(String account) {
        var ids = accounts.budgets(account).stream()
                .filter(budget -> !budget.getDeleted())
                .map(Budget::getBudgetId)
                .collect(Collectors.toCollection(TreeSet::new));
        ids.addAll(pace.open(account));
        return List.copyOf(ids);
    }

    /**
     * Judges a budget when a quarter-hour is complete.
     *
     * @return when it has to be judged again, though nothing be used meanwhile
     */
    Optional<Instant> judge(String account, String budgetId, Instant quarterEnd) {
        var budget = budget(account, budgetId);
        var plans = accounts.plans(account);
        var month = plans.periodOf(quarterEnd.minusMillis(Quarters.MILLIS)).month();
        var spend = curves.of(budget, curves.account(account, plans.pricing(month)));
        boolean hasOpenPace = pace.judge(budget, spend, quarterEnd);
        var next = thresholds.judge(new PeriodKey(account, month), budget, spend, Moment.inTime(quarterEnd));
        return hasOpenPace ? Optional.of(quarterEnd.plusMillis(Quarters.MILLIS)) : next;
    }

    /** Ids of the budgets whose thresholds are judged again in a period, in their order; none before it has begun. */
    Set<String> toJudgeAgain(PeriodKey period, Instant watermark) {
        if (!hasBegun(pricing(period), watermark)) {
            return Set.of();
        }
        var ids = new TreeSet<>(thresholds.open(period));
        accounts.budgets(period.account()).forEach(budget -> ids.add(budget.getBudgetId()));
        return ids;
    }

    /**
     * Judges the thresholds of a budget again, after usage that came too late for its quarter-hour, or a change of the budget,
     * of prices, or of the team of an experiment. To be called when all quarter-hours that are complete have been judged.
     *
     * @return when it has to be judged again, though nothing be used meanwhile
     */
    Optional<Instant> judgeAgain(PeriodKey period, String budgetId, Instant watermark) {
        var pricing = pricing(period);
        if (!hasBegun(pricing, watermark)) {
            return Optional.empty();
        }
        var budget = budget(period.account(), budgetId);
        var spend = curves.of(budget, curves.account(period.account(), pricing));
        return thresholds.judge(period, budget, spend, Moment.again(watermark, pricing.end()));
    }

    private PeriodPricing pricing(PeriodKey period) {
        return accounts.plans(period.account()).pricing(period.month());
    }

    private static boolean hasBegun(PeriodPricing pricing, Instant watermark) {
        return Moment.again(watermark, pricing.end()).upTo().isAfter(pricing.start());
    }

    private Budget budget(String account, String budgetId) {
        return accounts.budgets(account).stream()
                .filter(one -> one.getBudgetId().equals(budgetId))
                .findFirst()
                .orElseGet(() -> gone(account, budgetId));
    }

    /** What was a budget of the account when its alert opened, and has moved to another. */
    private static Budget gone(String account, String budgetId) {
        return Budget.newBuilder()
                .setBudgetId(budgetId)
                .setVersion(1)
                .setScope(BudgetScope.UNKNOWN)
                .setAccount(account)
                .setAmount(0)
                .setDeleted(true)
                .build();
    }
}

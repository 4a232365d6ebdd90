package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.alerts.pace.ScopeSpend;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.flow.Quarters;

/** What the scopes of budgets spend in a period, by the quarter-hour. */
final class BudgetCurves {

    private final UsageBook book;
    private final ScopeBook scopes;

    BudgetCurves(UsageBook book, ScopeBook scopes) {
        this.book = book;
        this.scopes = scopes;
    }

    /** What an account as a whole used in a period. */
    PeriodUsage account(String account, PeriodPricing pricing) {
        return scopes.usage(ScopeBook.account(account), pricing);
    }

    /**
     * What a budget is spent on in a period of which the use of its account is known; nothing when it does not say any more what it is of. A part of an account has no
     * part in fee and minimum, of which the first to be seen in a period would have the whole.
     */
    ScopeSpend of(Budget budget, PeriodUsage whole) {
        var account = budget.getScope() == BudgetScope.ACCOUNT ? whole : whole.usageOnly();
        return new ScopeSpend(budget.getUnit(), account, scope(budget, account));
    }

    private PeriodUsage scope(Budget budget, PeriodUsage whole) {
        var account = budget.getAccount();
        var pricing = whole.pricing();
        return switch (budget.getScope()) {
            case ACCOUNT -> whole;
            case PROJECT ->
                budget.getProject() == null
                        ? nothing(pricing)
                        : scopes.usage(ScopeBook.project(account, budget.getProject()), pricing);
            case TEAM ->
                budget.getTeam() == null
                        ? nothing(pricing)
                        : scopes.usage(ScopeBook.team(account, budget.getTeam()), pricing);
            case EXPERIMENT -> experiment(budget, pricing);
            case UNKNOWN -> nothing(pricing);
        };
    }

    private PeriodUsage experiment(Budget budget, PeriodPricing pricing) {
        if (budget.getProject() == null || budget.getEnvironment() == null || budget.getExperiment() == null) {
            return nothing(pricing);
        }
        var experiment = new ExperimentKey(budget.getProject(), budget.getEnvironment(), budget.getExperiment());
        var days = book.days(budget.getAccount(), experiment, pricing.start(), pricing.end());
        long[] quarters = new long[PeriodUsage.quartersOf(pricing)];
        for (int i = 0; i < quarters.length; i++) {
            quarters[i] = days.impressions(pricing.start().plusMillis(i * Quarters.MILLIS));
        }
        return new PeriodUsage(pricing, quarters);
    }

    /** Whoever deletes a budget need not say any more what it was of. */
    private static PeriodUsage nothing(PeriodPricing pricing) {
        return new PeriodUsage(pricing, new long[0]);
    }
}

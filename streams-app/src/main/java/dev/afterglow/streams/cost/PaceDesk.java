package dev.afterglow.streams.cost;

import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.alerts.pace.PaceJudge;
import dev.afterglow.alerts.pace.ScopeSpend;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.PaceState;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** Has the budgets of an account judged by how fast they are spent. */
final class PaceDesk {

    private static final StringSerializer STRINGS = new StringSerializer();

    private final Accounts accounts;
    private final UsageBook book;
    private final ScopeBook scopes;
    private final KeyValueStore<String, PaceState> states;
    private final Consumer<CostAlert> send;

    /** @param send takes an alert */
    PaceDesk(
            Accounts accounts,
            UsageBook book,
            ScopeBook scopes,
            KeyValueStore<String, PaceState> states,
            Consumer<CostAlert> send) {
        this.accounts = accounts;
        this.book = book;
        this.scopes = scopes;
        this.states = states;
        this.send = send;
    }

    /** Ids of the budgets of an account that have to be judged when there was traffic, in their order. */
    List<String> budgetsOf(String account) {
        var ids = new TreeSet<String>();
        accounts.budgets(account).stream()
                .filter(budget -> !budget.getDeleted() && budget.getPace())
                .forEach(budget -> ids.add(budget.getBudgetId()));
        try (var open = states.prefixScan(account + '/', STRINGS)) {
            open.forEachRemaining(row -> ids.add(row.key.substring(account.length() + 1)));
        }
        return List.copyOf(ids);
    }

    /** @return whether the next quarter-hour has to be judged, too */
    boolean judge(String account, String budgetId, Instant quarterEnd) {
        String key = account + '/' + budgetId;
        var before = states.get(key);
        var budget = accounts.budgets(account).stream()
                .filter(one -> one.getBudgetId().equals(budgetId))
                .findFirst()
                .orElseGet(() -> gone(account, budgetId));
        if (before == null && budget.getDeleted()) {
            return false;
        }
        var plans = accounts.plans(account);
        var whole = plans.pricing(
                plans.periodOf(quarterEnd.minusMillis(Quarters.MILLIS)).month());
        var pricing = budget.getScope() == BudgetScope.ACCOUNT ? whole : whole.usageOnly();
        var spend = new ScopeSpend(
                budget.getUnit(), scopes.usage(ScopeBook.account(account), pricing), usageOf(budget, pricing));
        var verdict = PaceJudge.judge(before, budget, spend, quarterEnd);
        verdict.alerts().forEach(send);
        if (verdict.next() != null) {
            states.put(key, verdict.next());
        } else if (before != null) {
            states.delete(key);
        }
        return verdict.next() != null;
    }

    private PeriodUsage usageOf(Budget budget, PeriodPricing pricing) {
        var account = budget.getAccount();
        return switch (budget.getScope()) {
            case ACCOUNT -> scopes.usage(ScopeBook.account(account), pricing);
            case PROJECT ->
                budget.getProject() == null
                        ? nothing(pricing)
                        : scopes.usage(ScopeBook.project(account, budget.getProject()), pricing);
            case TEAM ->
                budget.getTeam() == null
                        ? nothing(pricing)
                        : scopes.usage(ScopeBook.team(account, budget.getTeam()), pricing);
            case EXPERIMENT -> usageOfExperiment(budget, pricing);
            case UNKNOWN -> nothing(pricing);
        };
    }

    private PeriodUsage usageOfExperiment(Budget budget, PeriodPricing pricing) {
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

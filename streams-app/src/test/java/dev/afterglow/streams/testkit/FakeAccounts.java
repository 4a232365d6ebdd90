package dev.afterglow.streams.testkit;

import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.streams.cost.Accounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Price plans and budgets that a test sets. */
public final class FakeAccounts implements Accounts {

    static {
        GeneratedClasses.trust();
    }

    private final Map<String, List<PricePlan>> plans = new HashMap<>();
    private final Map<String, PlanHistory> histories = new HashMap<>();
    private final Map<String, Budget> budgets = new TreeMap<>();
    private long budgetsRevision;

    /** A plan in USD and UTC, in force from long ago, under which every impression costs so many micros. */
    public static PricePlan.Builder plan(String account, long version, long micros) {
        return PricePlan.newBuilder()
                .setAccount(account)
                .setVersion(version)
                .setEffectiveFrom(Instant.EPOCH)
                .setCurrency("USD")
                .setTiers(List.of(new PriceTier(null, micros, 1L)));
    }

    /** Adds a version. */
    public FakeAccounts add(PricePlan.Builder plan) {
        plans.computeIfAbsent(plan.getAccount(), account -> new ArrayList<>()).add(plan.build());
        histories.remove(plan.getAccount());
        return this;
    }

    /** Puts a version in the place of the one before. */
    public FakeAccounts put(Budget.Builder budget) {
        budgets.put(budget.getBudgetId(), budget.build());
        budgetsRevision++;
        return this;
    }

    @Override
    public PlanHistory plans(String account) {
        return histories.computeIfAbsent(account, any -> PlanHistory.of(plans.getOrDefault(account, List.of())));
    }

    @Override
    public List<Budget> budgets(String account) {
        return budgets.values().stream()
                .filter(budget -> budget.getAccount().equals(account))
                .toList();
    }

    @Override
    public long budgetsRevision() {
        return budgetsRevision;
    }
}

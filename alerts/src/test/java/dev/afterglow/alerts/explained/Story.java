package dev.afterglow.alerts.explained;

import dev.afterglow.alerts.budget.Outlook;
import dev.afterglow.alerts.money.AccountWeek;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.PeriodUsage;
import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.alerts.money.SwitchOff;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.contract.Severity;
import dev.afterglow.schemas.serde.GeneratedClasses;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An account in which an impression costs a cent, and an alert on its budget on the 16th of November. */
final class Story {

    static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant NOW = day(15);

    private static final long CENT = 10_000;

    private record Quarter(Instant at, long impressions, long leftover) {}

    private final Map<String, List<Quarter>> experiments = new TreeMap<>();
    private final PeriodPricing pricing;
    private Instant at = NOW;
    private BudgetScope scope = BudgetScope.ACCOUNT;
    private CostAlert.Builder alert;

    Story() {
        this(Optional.of(plan()));
    }

    private static PricePlan plan() {
        GeneratedClasses.trust();
        return PricePlan.newBuilder()
                .setAccount("acme")
                .setVersion(1)
                .setEffectiveFrom(Instant.EPOCH)
                .setCurrency("USD")
                .setTiers(List.of(new PriceTier(null, CENT, 1L)))
                .build();
    }

    private Story(Optional<PricePlan> plan) {
        GeneratedClasses.trust();
        pricing = PlanHistory.of(plan.stream().toList()).pricing(YearMonth.of(2026, 11));
        alert = CostAlert.newBuilder()
                .setAlertId("BUDGET_ACTUAL/growth/1/2026-11/80")
                .setKind(CostKind.BUDGET_ACTUAL)
                .setStatus(AlertStatus.OPEN)
                .setSeverity(Severity.WARNING)
                .setAccount("acme")
                .setBudgetId("growth")
                .setPeriod("2026-11")
                .setAt(NOW)
                .setOpenedAt(NOW)
                .setUnit(BudgetUnit.MONEY)
                .setCurrency(pricing.currency())
                .setSpend(0)
                .setAmount(1_000_000_000)
                .setSummary("Budget growth has spent much.");
    }

    static Story withoutPrices() {
        return new Story(Optional.empty());
    }

    /** First instant of a day of November; the first has 0. */
    static Instant day(int index) {
        return NOVEMBER.plus(Duration.ofDays(index));
    }

    /** So many impressions at noon of each of some days. */
    Story daily(String experiment, int first, int end, long impressions) {
        return daily(experiment, first, end, impressions, 0);
    }

    Story leftover(String experiment, int first, int end, long impressions) {
        return daily(experiment, first, end, impressions, impressions);
    }

    private Story daily(String experiment, int first, int end, long impressions, long leftover) {
        for (int day = first; day < end; day++) {
            add(experiment, day(day).plus(Duration.ofHours(12)), impressions, leftover);
        }
        return this;
    }

    Story add(String experiment, Instant quarter, long impressions, long leftover) {
        experiments
                .computeIfAbsent(experiment, first -> new ArrayList<>())
                .add(new Quarter(quarter, impressions, leftover));
        return this;
    }

    Story at(Instant when) {
        at = when;
        return this;
    }

    /** In cents. */
    Story spent(long cents) {
        alert.setSpend(cents * CENT);
        return this;
    }

    /** Of an experiment, and of no budget. */
    Story spike() {
        scope = BudgetScope.EXPERIMENT;
        alert.setKind(CostKind.SPIKE).setBudgetId(null).setAmount(0);
        return this;
    }

    Story inImpressions(long amount) {
        alert.setUnit(BudgetUnit.IMPRESSIONS).setCurrency(null).setAmount(amount);
        return this;
    }

    /** Without a forecast. */
    CostAlert explained() {
        return explained(Optional.empty(), uses());
    }

    /** With one in cents; the interval is ten cents to either side. */
    CostAlert explained(long expectedCents) {
        return explained(outlook(expectedCents), uses());
    }

    CostAlert explained(long expectedCents, List<ExperimentUse> uses) {
        return explained(outlook(expectedCents), uses);
    }

    CostAlert explained(Optional<Outlook> outlook, List<ExperimentUse> uses) {
        var stretch = stretch();
        long[] period = new long[PeriodUsage.quartersOf(pricing)];
        long[] week = new long[AccountWeek.quarters()];
        experiments.values().stream().flatMap(List::stream).forEach(quarter -> {
            add(period, pricing.start(), quarter);
            if (quarter.at().isBefore(stretch.until())) {
                add(week, stretch.weekAgo(), quarter);
            }
        });
        var account = new AccountUse(new PeriodUsage(pricing, period), AccountWeek.of(week, stretch.until()));
        var part = new SwitchOff.Part(
                uses.stream().mapToLong(ExperimentUse::impressions).sum(),
                uses.stream().mapToLong(ExperimentUse::priced).sum(),
                uses.stream().mapToLong(ExperimentUse::lastWeek).sum());
        return CostExplainer.explain(
                alert.build(), stretch, account, new CostExplainer.Scope(part, uses, scope), outlook);
    }

    List<ExperimentUse> uses() {
        return experiments.entrySet().stream()
                .map(entry -> {
                    var reader = new UseReader(stretch());
                    entry.getValue().stream()
                            .sorted((one, other) -> one.at().compareTo(other.at()))
                            .forEach(quarter -> reader.add(quarter.at(), quarter.impressions(), quarter.leftover()));
                    return reader.use(new ExperimentKey("shop", "production", entry.getKey()), null);
                })
                .toList();
    }

    private Stretch stretch() {
        return Stretch.of(pricing, at);
    }

    private static Optional<Outlook> outlook(long cents) {
        return Optional.of(new Outlook((cents - 10) * CENT, cents * CENT, (cents + 10) * CENT));
    }

    private static void add(long[] quarters, Instant from, Quarter quarter) {
        long index = Duration.between(from, quarter.at()).toMillis() / UtcGrid.QUARTER.toMillis();
        if (!quarter.at().isBefore(from) && index < quarters.length) {
            quarters[(int) index] += quarter.impressions();
        }
    }
}

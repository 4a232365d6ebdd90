package dev.afterglow.streams.cost;

import dev.afterglow.alerts.budget.BudgetRules;
import dev.afterglow.alerts.budget.BudgetSpend;
import dev.afterglow.alerts.budget.Outlook;
import dev.afterglow.alerts.explained.CostExplainer;
import dev.afterglow.alerts.explained.ExperimentUse;
import dev.afterglow.alerts.explained.Stretch;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.SwitchOff;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has alerts on spend explained, just before they are sent. */
final class ExplanationDesk {

    private static final Logger LOGGER = LoggerFactory.getLogger(ExplanationDesk.class);

    private final Accounts accounts;
    private final UsageBook book;
    private final ScopeBook scopes;
    private final AccountDays days;
    private final UnaryOperator<String> teams;
    private AccountReading newest;

    /** @param teams team of an experiment identity; null when it has none */
    ExplanationDesk(
            Accounts accounts, UsageBook book, ScopeBook scopes, AccountDays days, UnaryOperator<String> teams) {
        this.accounts = accounts;
        this.book = book;
        this.scopes = scopes;
        this.days = days;
        this.teams = teams;
    }

    /** To be called before anything is booked: what was read is no longer so. */
    void forget() {
        newest = null;
    }

    /** The alert with its explanation; as it is when it is resolved, and when nobody knows any more what it is about. */
    CostAlert explain(CostAlert alert) {
        if (alert.getStatus() == AlertStatus.RESOLVED) {
            return alert;
        }
        try {
            return budget(alert).map(budget -> explain(alert, budget)).orElse(alert);
        } catch (RuntimeException e) {
            // No explanation is worth the alert, which would be judged, and fail, at every start again.
            LOGGER.atWarn().addKeyValue("alert", alert.getAlertId()).log("the alert is sent without an explanation", e);
            return alert;
        }
    }

    private CostAlert explain(CostAlert alert, Budget budget) {
        var plans = accounts.plans(alert.getAccount());
        var stretch = Stretch.of(plans.pricing(YearMonth.parse(alert.getPeriod())), alert.getAt());
        if (newest == null || !newest.isOf(alert.getAccount(), stretch, plans)) {
            newest = new AccountReading(alert.getAccount(), stretch, plans, book, scopes, teams);
        }
        var scope = scope(budget, newest);
        // Spend of a spike is that of the account, whatever spikes.
        var expected = alert.getBudgetId() == null
                ? Budget.newBuilder(budget).setScope(BudgetScope.ACCOUNT).build()
                : budget;
        return CostExplainer.explain(
                alert, stretch, newest.account(), scope, outlook(expected, stretch, newest, scope.part()));
    }

    /** The budget of an alert; of a spike, one for what spikes, with an amount that does not matter. */
    private Optional<Budget> budget(CostAlert alert) {
        if (alert.getBudgetId() != null) {
            return accounts.budgets(alert.getAccount()).stream()
                    .filter(budget -> budget.getBudgetId().equals(alert.getBudgetId()))
                    .filter(budget ->
                            !budget.getDeleted() && BudgetRules.problems(budget).isEmpty())
                    .findFirst();
        }
        var spike = alert.getSpike();
        if (spike == null) {
            return Optional.empty();
        }
        return Optional.of(Budget.newBuilder()
                .setBudgetId(alert.getAccount())
                .setVersion(1)
                .setAccount(alert.getAccount())
                .setScope(spike.getExperiment() == null ? BudgetScope.ACCOUNT : BudgetScope.EXPERIMENT)
                .setProject(spike.getProject())
                .setEnvironment(spike.getEnvironment())
                .setExperiment(spike.getExperiment())
                .setUnit(alert.getUnit())
                .setAmount(1)
                .build());
    }

    private CostExplainer.Scope scope(Budget budget, AccountReading reading) {
        var account = budget.getAccount();
        return switch (budget.getScope()) {
            case ACCOUNT ->
                new CostExplainer.Scope(
                        reading.part(ScopeBook.account(account)), reading.experiments(any -> true), budget.getScope());
            case PROJECT ->
                new CostExplainer.Scope(
                        reading.part(ScopeBook.project(account, budget.getProject())),
                        reading.experiments(key -> key.project().equals(budget.getProject())),
                        budget.getScope());
            case TEAM ->
                new CostExplainer.Scope(
                        reading.part(ScopeBook.team(account, budget.getTeam())),
                        reading.experiments(key -> budget.getTeam().equals(teams.apply(key.toString()))),
                        budget.getScope());
            case EXPERIMENT -> {
                var use = reading.experiment(
                        new ExperimentKey(budget.getProject(), budget.getEnvironment(), budget.getExperiment()));
                yield new CostExplainer.Scope(part(use), List.of(use), budget.getScope());
            }
            case UNKNOWN -> new CostExplainer.Scope(new SwitchOff.Part(0, 0, 0), List.of(), budget.getScope());
        };
    }

    private static SwitchOff.Part part(ExperimentUse use) {
        return new SwitchOff.Part(use.impressions(), use.priced(), use.lastWeek());
    }

    private Optional<Outlook> outlook(Budget budget, Stretch stretch, AccountReading reading, SwitchOff.Part part) {
        var pricing = stretch.pricing();
        if (stretch.ended()
                || budget.getUnit() == BudgetUnit.MONEY && pricing.currency().equals(PeriodPricing.NO_CURRENCY)) {
            return Optional.empty();
        }
        var today = LocalDate.ofInstant(stretch.until(), pricing.zone());
        var last = pricing.month().atEndOfMonth();
        var known = days.upTo(budget.getAccount(), pricing.month(), today.isBefore(last) ? today : last);
        var use = new ScopeUse(
                new BudgetSpend(0, pricing.currency(), null),
                part.impressions(),
                reading.account().period().impressions(stretch.until()));
        return new Outlooks(pricing, known, stretch.ended())
                .at(known.end(), budget)
                .map(forecast -> Outlooks.outlook(budget, forecast, use));
    }
}

package dev.afterglow.streams.cost;

import dev.afterglow.alerts.budget.BudgetSpend;
import dev.afterglow.alerts.budget.ForecastJudge;
import dev.afterglow.alerts.budget.ForecastVerdict;
import dev.afterglow.alerts.forecast.ForecastMethod;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.state.ForecastState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** Has the forecasts of an account judged against its budgets: every full day once, in order. */
final class ForecastDesk {

    private static final StringSerializer STRINGS = new StringSerializer();

    private final Accounts accounts;
    private final AccountDays days;
    private final KeyValueStore<String, ForecastState> states;

    ForecastDesk(Accounts accounts, AccountDays days, KeyValueStore<String, ForecastState> states) {
        this.accounts = accounts;
        this.days = days;
        this.states = states;
    }

    /** The alerts on the forecast of one budget. */
    List<CostAlert> judge(PeriodKey period, Budget budget, ScopeUse use, Moment moment, boolean ended) {
        String key = period.prefix() + budget.getBudgetId();
        var before = states.get(key);
        if (before == null
                && (ended || budget.getDeleted() || budget.getForecastPercents().isEmpty())) {
            return List.of();
        }
        var at = moment.at();
        var outlooks = outlooks(period, moment.upTo());
        var newest =
                outlooks.at(outlooks.days().end(), budget).map(forecast -> Outlooks.outlook(budget, forecast, use));
        var alerts = new ArrayList<CostAlert>();
        boolean isNew = before == null || before.getBudgetVersion() != budget.getVersion();
        var state = before;
        if (isNew || budget.getDeleted()) {
            var changed =
                    ForecastJudge.between(before, budget, period.month().toString(), use.spend(), newest, at, ended);
            alerts.addAll(changed.alerts());
            state = changed.next();
        }
        if (!budget.getDeleted() && !(isNew && ended)) {
            var days = judgeDays(state, period, budget, use, outlooks);
            alerts.addAll(isNew ? stillOpen(days) : days.alerts());
            state = days.next();
        }
        var last = ForecastJudge.between(state, budget, period.month().toString(), use.spend(), newest, at, ended);
        alerts.addAll(last.alerts());
        states.put(key, last.next());
        return alerts;
    }

    /** Budgets with an open alert in a period. */
    Set<String> open(PeriodKey period) {
        var open = new TreeSet<String>();
        try (var rows = states.prefixScan(period.prefix(), STRINGS)) {
            rows.forEachRemaining(row -> {
                if (row.value.getAlertId() != null) {
                    open.add(row.key.substring(period.prefix().length()));
                }
            });
        }
        return open;
    }

    /** Periods with an open alert. */
    Set<PeriodKey> openPeriods() {
        var open = new TreeSet<PeriodKey>();
        try (var all = states.all()) {
            all.forEachRemaining(row -> {
                if (row.value.getAlertId() != null) {
                    open.add(PeriodKey.parse(row.key));
                }
            });
        }
        return open;
    }

    /** The next day by which a budget has to be judged; empty when nothing is expected of it. */
    Optional<Instant> next(PeriodKey period, Budget budget, Moment moment) {
        if (budget.getDeleted() || budget.getForecastPercents().isEmpty()) {
            return Optional.empty();
        }
        var pricing = accounts.plans(period.account()).pricing(period.month());
        var tomorrow = LocalDate.ofInstant(moment.upTo(), pricing.zone())
                .plusDays(1)
                .atStartOfDay(pricing.zone())
                .toInstant();
        return Optional.of(tomorrow.isBefore(pricing.end()) ? tomorrow : pricing.end());
    }

    /** Days end in the time of the traffic, at midnight of the account; the last one of a period ends it. */
    Outlooks outlooks(PeriodKey period, Instant upTo) {
        var pricing = accounts.plans(period.account()).pricing(period.month());
        var today = LocalDate.ofInstant(upTo, pricing.zone());
        var last = period.month().atEndOfMonth();
        return new Outlooks(
                pricing,
                days.upTo(period.account(), period.month(), today.isBefore(last) ? today : last),
                !upTo.isBefore(pricing.end()));
    }

    private static ForecastVerdict judgeDays(
            ForecastState before, PeriodKey period, Budget budget, ScopeUse use, Outlooks outlooks) {
        var alerts = new ArrayList<CostAlert>();
        var first = before == null || before.getJudgedUpTo() == null
                ? period.month().atDay(ForecastMethod.FEWEST_DAYS + 1)
                : outlooks.dayAt(before.getJudgedUpTo()).plusDays(1);
        var state = before;
        for (var day = first; !day.isAfter(outlooks.days().end()); day = day.plusDays(1)) {
            var forecast = outlooks.at(day, budget);
            long spent = forecast.map(known -> Outlooks.spendToDate(budget, known, use))
                    .orElse(0L);
            var verdict = ForecastJudge.day(
                    state,
                    budget,
                    period.month().toString(),
                    new BudgetSpend(spent, use.spend().currency(), null),
                    forecast.map(known -> Outlooks.outlook(budget, known, use)),
                    outlooks.startOf(day));
            alerts.addAll(verdict.alerts());
            state = verdict.next();
        }
        return new ForecastVerdict(state, alerts);
    }

    /** Whoever sets a budget up is not paged for what came and went between the first of the month and today. */
    private static List<CostAlert> stillOpen(ForecastVerdict verdict) {
        var state = verdict.next();
        return verdict.alerts().stream()
                .filter(alert -> alert.getStatus() == AlertStatus.OPEN
                        && alert.getAlertId().equals(state.getAlertId())
                        && alert.getAt().equals(state.getOpenedAt()))
                .toList();
    }
}

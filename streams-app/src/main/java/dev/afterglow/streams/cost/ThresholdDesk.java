package dev.afterglow.streams.cost;

import dev.afterglow.alerts.budget.BudgetJudge;
import dev.afterglow.alerts.budget.BudgetSpend;
import dev.afterglow.alerts.budget.BudgetVerdict;
import dev.afterglow.alerts.pace.ScopeSpend;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.state.BudgetState;
import dev.afterglow.streams.flow.Quarters;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the thresholds of a budget judged: those of what was spent, and those of what is expected. */
final class ThresholdDesk {

    private static final Logger LOGGER = LoggerFactory.getLogger(ThresholdDesk.class);
    private static final StringSerializer STRINGS = new StringSerializer();

    /** Tells what is wasted within the spend of a budget. */
    @FunctionalInterface
    interface Waste {

        /**
         * Micro-units, up to now; null when it is not known.
         *
         * @param upTo up to when the spend counts
         */
        Long of(PeriodKey period, Budget budget, Instant upTo);
    }

    private final KeyValueStore<String, BudgetState> states;
    private final ForecastDesk forecasts;
    private final Waste waste;
    private final Consumer<CostAlert> send;

    /** @param send takes an alert */
    ThresholdDesk(
            KeyValueStore<String, BudgetState> states, ForecastDesk forecasts, Waste waste, Consumer<CostAlert> send) {
        this.states = states;
        this.forecasts = forecasts;
        this.waste = waste;
        this.send = send;
    }

    /** Budgets with an open alert in a period. */
    Set<String> open(PeriodKey period) {
        var open = new TreeSet<>(forecasts.open(period));
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
        var open = new TreeSet<>(forecasts.openPeriods());
        try (var all = states.all()) {
            all.forEachRemaining(row -> {
                if (row.value.getAlertId() != null) {
                    open.add(PeriodKey.parse(row.key));
                }
            });
        }
        return open;
    }

    /** @return when it has to be judged again, though nothing be used meanwhile */
    Optional<Instant> judge(PeriodKey period, Budget budget, ScopeSpend spend, Moment moment) {
        var spent = new BudgetSpend(spend.until(moment.upTo()), spend.currency(), null);
        boolean ended = !moment.upTo().isBefore(spend.end());
        boolean isOpen = judgeActual(period, budget, spent, moment, ended);
        var use = new ScopeUse(
                spent, spend.scope().impressions(moment.upTo()), spend.account().impressions(moment.upTo()));
        forecasts.judge(period, budget, use, moment, ended).forEach(send);
        if (ended) {
            return Optional.empty();
        }
        var after = moment.upTo().plusMillis(Quarters.MILLIS);
        return Stream.concat(
                        isOpen ? Stream.of(moment.isInTime() ? spend.end() : after) : Stream.empty(),
                        forecasts.next(period, budget, moment).stream())
                .min(Instant::compareTo);
    }

    /** @return whether an alert is open after that */
    private boolean judgeActual(PeriodKey period, Budget budget, BudgetSpend spend, Moment moment, boolean ended) {
        String key = period.prefix() + budget.getBudgetId();
        var before = states.get(key);
        if (before == null && budget.getDeleted()) {
            return false;
        }
        // The last quarter-hour of a period is a part of it, though the period has ended when it is judged.
        var state = before == null && moment.isInTime() ? BudgetJudge.armed(budget.getVersion()) : before;
        var verdict = judge(state, period, budget, spend, moment, ended);
        if (before != null && verdict.next().getAlertId() == null && isAhead(before, budget, moment)) {
            return true;
        }
        if (!verdict.alerts().isEmpty()) {
            // What is wasted takes a look at every experiment of the account: only alerts are worth it.
            verdict = judge(state, period, budget, withWaste(period, budget, spend, moment), moment, ended);
        }
        if (!verdict.next().equals(before)) {
            states.put(key, verdict.next());
        }
        verdict.alerts().forEach(send);
        verdict.problem()
                .ifPresent(problem -> LOGGER.atWarn()
                        .addKeyValue("budget", budget.getBudgetId())
                        .addKeyValue("period", period.month())
                        .log(problem));
        return verdict.next().getAlertId() != null;
    }

    /** An alert that was told of after what is looked at again: the next quarter-hour says whether it still holds. */
    private static boolean isAhead(BudgetState before, Budget budget, Moment moment) {
        return !moment.isInTime()
                && !budget.getDeleted()
                && before.getBudgetVersion() == budget.getVersion()
                && before.getOpenedAt() != null
                && before.getOpenedAt().isAfter(moment.upTo());
    }

    private static BudgetVerdict judge(
            BudgetState state, PeriodKey period, Budget budget, BudgetSpend spend, Moment moment, boolean ended) {
        return BudgetJudge.judge(state, budget, period.month().toString(), spend, moment.at(), ended);
    }

    private BudgetSpend withWaste(PeriodKey period, Budget budget, BudgetSpend spend, Moment moment) {
        return new BudgetSpend(spend.spend(), spend.currency(), waste.of(period, budget, moment.upTo()));
    }
}

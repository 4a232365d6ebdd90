package dev.afterglow.alerts.explained;

import dev.afterglow.alerts.budget.Outlook;
import dev.afterglow.alerts.money.PeriodPricing;
import dev.afterglow.alerts.money.SwitchOff;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostExplanation;
import dev.afterglow.contract.ExplainedGrowth;
import dev.afterglow.contract.ExplainedSpend;
import dev.afterglow.contract.SwitchOffVerdict;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Explains one alert. */
public final class CostExplainer {

    /** How many experiments are named of each list. */
    public static final int NAMED = 5;

    private static final Comparator<ExperimentUse> BY_IDENTITY = Comparator.comparing(ExperimentUse::identity);

    private final CostAlert alert;
    private final Stretch stretch;
    private final AccountUse account;
    private final AccountUse charged;
    private final Scope scope;
    private final boolean priced;
    private final boolean money;

    /**
     * What an alert is about.
     *
     * @param part what was used in it
     * @param uses its experiments, in any order: all leftovers among them, and those that used most
     * @param kind what part of the account it is
     */
    public record Scope(SwitchOff.Part part, List<ExperimentUse> uses, BudgetScope kind) {

        /** Keeps the experiments from being changed. */
        public Scope {
            uses = List.copyOf(uses);
        }

        private boolean single() {
            return kind == BudgetScope.EXPERIMENT;
        }
    }

    private CostExplainer(CostAlert alert, Stretch stretch, AccountUse account, Scope scope) {
        this.alert = alert;
        this.stretch = stretch;
        this.account = account;
        this.scope = scope;
        charged = scope.kind() == BudgetScope.ACCOUNT ? account : account.usageOnly();
        priced = !PeriodPricing.NO_CURRENCY.equals(stretch.pricing().currency());
        money = alert.getUnit() == BudgetUnit.MONEY;
    }

    /**
     * The alert with its explanation: with where the period is expected to end, unless it says so already, and with one or two
     * sentences more.
     *
     * @param alert an alert that is not resolved
     * @param account what its account used
     * @param outlook where its scope is expected to end, of an alert without a budget the account, in its unit; empty while there
     *     is too little to go by
     * @throws ArithmeticException when a figure does not fit 64 bits
     */
    public static CostAlert explain(
            CostAlert alert, Stretch stretch, AccountUse account, Scope scope, Optional<Outlook> outlook) {
        var expected = alert.getForecast() == null && !stretch.ended() ? withForecast(alert, outlook) : alert;
        var explanation = new CostExplainer(expected, stretch, account, scope).explanation();
        var sentence = new ExplanationSentence(expected, explanation, stretch, scope.single());
        explanation.setLines(sentence.lines());
        return CostAlert.newBuilder(expected)
                .setExplanation(explanation.build())
                .setSummary(alert.getSummary() + " " + sentence.remedy())
                .build();
    }

    /** The day that is running can have brought more already. */
    private static CostAlert withForecast(CostAlert alert, Optional<Outlook> outlook) {
        return outlook.map(end -> CostAlert.newBuilder(alert)
                        .setForecast(Math.max(alert.getSpend(), end.expected()))
                        .setForecastLow(Math.max(alert.getSpend(), end.low()))
                        .setForecastHigh(Math.max(alert.getSpend(), end.high()))
                        .build())
                .orElse(alert);
    }

    private CostExplanation.Builder explanation() {
        var leftovers = scope.uses().stream()
                .sorted(BY_IDENTITY)
                .filter(ExperimentUse::isLeftover)
                .toList();
        var off = SwitchOff.of(
                account.period(),
                charged.period().pricing(),
                account.week(),
                scope.part(),
                leftovers.stream().map(use -> use.leftover().orElseThrow()).toList());
        var without = without(off);
        return CostExplanation.newBuilder()
                .setUntil(stretch.until())
                .setCostliest(costliest())
                .setGrowing(growing())
                .setLeftovers(leftovers.size())
                .setLeftoverImpressions(
                        leftovers.stream().mapToLong(ExperimentUse::impressions).reduce(0, Math::addExact))
                .setLeftoverCostMicros(micros(charged.costMicros(
                        leftovers.stream().mapToLong(ExperimentUse::priced).reduce(0, Math::addExact))))
                .setSavedImpressions(off.impressions())
                .setSavingMicros(micros(off.savingMicros()))
                .setEndWithout(without.orElse(null))
                .setVerdict(alert.getBudgetId() == null ? null : verdict(without));
    }

    /** Of two that are charged with the same the one with more priced impressions comes first, also within the quota. */
    private List<ExplainedSpend> costliest() {
        Comparator<ExperimentUse> byCost = money
                ? Comparator.comparingLong(ExperimentUse::priced)
                : Comparator.comparingLong(ExperimentUse::impressions);
        return scope.uses().stream()
                .filter(use -> use.impressions() > 0)
                .sorted(byCost.thenComparingLong(ExperimentUse::impressions)
                        .reversed()
                        .thenComparing(BY_IDENTITY))
                .limit(NAMED)
                .map(use -> ExplainedSpend.newBuilder()
                        .setProject(use.experiment().project())
                        .setEnvironment(use.experiment().environment())
                        .setExperiment(use.experiment().experiment())
                        .setTeam(use.team())
                        .setImpressions(use.impressions())
                        .setCostMicros(micros(charged.costMicros(use.priced())))
                        .setSharePercent(sharePercent(use))
                        .setLeftover(use.isLeftover())
                        .build())
                .toList();
    }

    private List<ExplainedGrowth> growing() {
        return scope.uses().stream()
                .filter(use -> use.growth() > 0)
                .sorted(Comparator.comparingLong(ExperimentUse::growth)
                        .reversed()
                        .thenComparing(BY_IDENTITY))
                .limit(NAMED)
                .map(use -> ExplainedGrowth.newBuilder()
                        .setProject(use.experiment().project())
                        .setEnvironment(use.experiment().environment())
                        .setExperiment(use.experiment().experiment())
                        .setTeam(use.team())
                        .setImpressions(use.newest())
                        .setBefore(use.before())
                        .setCostMicros(micros(charged.nextMicros(use.growth())))
                        .setLeftover(use.isLeftover())
                        .build())
                .toList();
    }

    private int sharePercent(ExperimentUse use) {
        long whole = money ? charged.costMicros(scope.part().priced()) : 0;
        return whole > 0
                ? percent(charged.costMicros(use.priced()), whole)
                : percent(use.impressions(), scope.part().impressions());
    }

    /** Of an alert whose time is in a quarter-hour that was not complete, an experiment can have more than the whole. */
    private static int percent(long part, long whole) {
        return whole == 0
                ? 0
                : BigInteger.valueOf(part)
                        .multiply(BigInteger.valueOf(100))
                        .divide(BigInteger.valueOf(whole))
                        .min(BigInteger.valueOf(100))
                        .intValue();
    }

    private Optional<Long> without(SwitchOff off) {
        if (stretch.ended()) {
            return Optional.of(alert.getSpend());
        }
        // Spend and forecast of an alert without a budget are those of the account.
        long saved = alert.getBudgetId() == null ? off.savingMicros() : off.partMicros();
        long less = money ? saved : off.impressions();
        return Optional.ofNullable(alert.getForecast()).map(end -> Math.max(alert.getSpend(), end - less));
    }

    private SwitchOffVerdict verdict(Optional<Long> without) {
        if (alert.getSpend() > alert.getAmount()) {
            return SwitchOffVerdict.NOT_ENOUGH;
        }
        if (without.isEmpty()) {
            return SwitchOffVerdict.UNKNOWN;
        }
        if (stretch.ended() || alert.getForecast() <= alert.getAmount()) {
            return SwitchOffVerdict.NOT_NEEDED;
        }
        return without.get() <= alert.getAmount() ? SwitchOffVerdict.ENOUGH : SwitchOffVerdict.NOT_ENOUGH;
    }

    private Long micros(long micros) {
        return priced ? micros : null;
    }
}

package dev.afterglow.alerts.budget;

import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.BlockRounding;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.CostKind;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.PriceTier;
import dev.afterglow.state.BudgetState;
import dev.afterglow.state.ForecastState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens to a budget, told in words, and what its judge says to each.
 *
 * <p>The budget begins as {@link Budgets#growth()}: USD 1,000, thresholds at 50, 80 and 100 %. The words:
 *
 * <ul>
 *   <li>{@code 799.99}: so much of the unit of the budget is spent in the month; judged
 *   <li>{@code @2026-12-01T05:00Z}: the time becomes this; judged
 *   <li>{@code month=2026-12}: the month that is spent in and judged from now on, of which nothing is spent
 *   <li>{@code amount=500}, {@code percents=25+75}, {@code forecast=100}, {@code unit=impressions}, {@code scope=PROJECT},
 *       {@code deleted}, {@code restored}: a new version of the budget; judged
 *   <li>{@code expected=1200}: a day has ended, and that is what the month is expected to end at; judged
 *   <li>{@code EUR}: the account is billed in this currency from now on
 *   <li>{@code restart}: the state is written down, and read back
 *   <li>{@code again}: judged again with nothing changed
 * </ul>
 */
final class BudgetCourse {

    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private final String zone;
    private final Map<YearMonth, BudgetState> states = new HashMap<>();
    private final Map<YearMonth, ForecastState> forecasts = new HashMap<>();
    private final Map<YearMonth, BigDecimal> spent = new HashMap<>();
    private final List<CostAlert> alerts = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Budget budget = Budgets.growth().build();
    private YearMonth month = YearMonth.of(2026, 11);
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private String currency = "USD";
    private BigDecimal expected;

    private BudgetCourse(String zone) {
        this.zone = zone;
    }

    /** Goes through {@code word, word -> message, word}; messages already there are left out. */
    static BudgetCourse of(String zone, String course) {
        var run = new BudgetCourse(zone);
        Arrays.stream(course.split(","))
                .map(step -> step.split("->")[0].strip())
                .forEach(run::step);
        return run;
    }

    /** The words with the messages that came of them. */
    String told() {
        return String.join(", ", told);
    }

    List<CostAlert> alerts() {
        return List.copyOf(alerts);
    }

    private void step(String word) {
        var messages = new ArrayList<String>();
        if (happens(word)) {
            var verdict = BudgetJudge.judge(states.get(month), budget, month.toString(), spend(), now, isOver());
            states.put(month, verdict.next());
            verdict.alerts().stream().map(this::message).forEach(messages::add);
            verdict.problem().ifPresent(problem -> messages.add("PROBLEM"));
            alerts.addAll(verdict.alerts());
            judgeForecast().forEach(alert -> {
                messages.add(message(alert));
                alerts.add(alert);
            });
        }
        told.add(messages.isEmpty() ? word : word + " -> " + String.join(" + ", messages));
    }

    private List<CostAlert> judgeForecast() {
        var before = forecasts.get(month);
        if (before == null && (isOver() || budget.getForecastPercents().isEmpty())) {
            return List.of();
        }
        var verdict = expected == null
                ? ForecastJudge.between(before, budget, month.toString(), spend(), Optional.empty(), now, isOver())
                : ForecastJudge.day(before, budget, month.toString(), spend(), outlook(), now);
        expected = null;
        forecasts.put(month, verdict.next());
        return verdict.alerts();
    }

    private Optional<Outlook> outlook() {
        long end = inUnit(expected);
        return Optional.of(new Outlook(end, end, end));
    }

    /** Whether it is something to judge. */
    private boolean happens(String word) {
        int equals = word.indexOf('=');
        var value = word.substring(equals + 1);
        if (word.startsWith("@")) {
            now = Instant.parse(word.substring(1).replaceFirst("(T\\d\\d:\\d\\d)Z", "$1:00Z"));
        } else if (equals > 0) {
            return given(word.substring(0, equals), value);
        } else if (word.equals("restart")) {
            states.replaceAll((unused, state) -> writtenAndRead(state));
            forecasts.replaceAll((unused, state) -> writtenAndRead(state));
            return false;
        } else if (word.equals("deleted") || word.equals("restored")) {
            budget = next().setDeleted(word.equals("deleted")).build();
        } else if (word.matches("[A-Z]{3}")) {
            currency = word;
            return false;
        } else if (!word.equals("again")) {
            spent.put(month, new BigDecimal(word));
        }
        return true;
    }

    private boolean given(String name, String value) {
        switch (name) {
            case "month" -> month = YearMonth.parse(value);
            case "amount" ->
                budget = next().setAmount(inUnit(new BigDecimal(value))).build();
            case "percents" ->
                budget = next().setActualPercents(percents(value)).build();
            case "forecast" ->
                budget = next().setForecastPercents(percents(value)).build();
            case "expected" -> expected = new BigDecimal(value);
            case "scope" ->
                budget = next().setScope(BudgetScope.valueOf(value))
                        .setProject("shop")
                        .setEnvironment(value.equals("EXPERIMENT") ? "production" : null)
                        .setExperiment(value.equals("EXPERIMENT") ? "checkout" : null)
                        .build();
            case "unit" ->
                budget = Budgets.impressions()
                        .setVersion(budget.getVersion() + 1)
                        .build();
            default -> throw new IllegalArgumentException(name);
        }
        return !name.equals("month");
    }

    private static List<Integer> percents(String value) {
        return value.equals("none")
                ? List.of()
                : Arrays.stream(value.split("\\+")).map(Integer::valueOf).toList();
    }

    private Budget.Builder next() {
        return Budget.newBuilder(budget).setVersion(budget.getVersion() + 1);
    }

    private BudgetSpend spend() {
        return new BudgetSpend(inUnit(spent.getOrDefault(month, BigDecimal.ZERO)), currency, null);
    }

    private long inUnit(BigDecimal number) {
        return (budget.getUnit() == BudgetUnit.MONEY ? number.multiply(MICROS) : number).longValueExact();
    }

    private boolean isOver() {
        var plan = new PricePlan(
                "acme",
                1L,
                Instant.EPOCH,
                currency,
                zone,
                0L,
                List.of(new PriceTier(null, 1L, 1L)),
                BlockRounding.PRO_RATA,
                0L,
                0L);
        return !now.isBefore(PlanHistory.of(List.of(plan)).pricing(month).end());
    }

    private String message(CostAlert alert) {
        var version = alert.getBudgetVersion() == 1 ? "" : " v" + alert.getBudgetVersion();
        var reason = alert.getResolution() == null ? "" : " " + alert.getResolution();
        var forecast = alert.getKind() == CostKind.BUDGET_FORECAST ? "FORECAST " : "";
        return forecast + alert.getStatus() + " " + alert.getThresholdPercent() + version + reason;
    }

    private static BudgetState writtenAndRead(BudgetState state) {
        try {
            return BudgetState.fromByteBuffer(state.toByteBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ForecastState writtenAndRead(ForecastState state) {
        try {
            return ForecastState.fromByteBuffer(state.toByteBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.afterglow.alerts.pace;

import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.state.PaceState;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Spend of a month in UTC by the quarter-hour, judged at the end of each. */
final class Course implements SpendCurve {

    private final YearMonth month;
    private final List<Long> sums = new ArrayList<>(List.of(0L));
    private PaceState state;
    private String currency = "XXX";

    Course(YearMonth month) {
        this.month = month;
    }

    Course(YearMonth month, PaceState state) {
        this.month = month;
        this.state = state;
    }

    /** A budget in impressions whose even pace in the month is 1,000 a quarter-hour. */
    static Budget.Builder budget(YearMonth month) {
        return Budget.newBuilder()
                .setBudgetId("growth")
                .setVersion(1)
                .setScope(BudgetScope.ACCOUNT)
                .setAccount("acme")
                .setUnit(BudgetUnit.IMPRESSIONS)
                .setAmount(month.lengthOfMonth() * 96_000L);
    }

    Course billedIn(String code) {
        currency = code;
        return this;
    }

    /** Goes on for some hours; gives the alerts. */
    List<CostAlert> hours(double hours, Budget.Builder budget, IntToLongFunction spendOfQuarter) {
        var alerts = new ArrayList<CostAlert>();
        for (int i = 0; i < hours * 4; i++) {
            sums.add(sums.get(sums.size() - 1) + spendOfQuarter.applyAsLong(i));
            var verdict = PaceJudge.judge(state, budget.build(), this, now());
            state = verdict.next();
            alerts.addAll(verdict.alerts());
        }
        return alerts;
    }

    List<CostAlert> hours(double hours, long spendOfQuarter) {
        return hours(hours, budget(month), quarter -> spendOfQuarter);
    }

    Instant now() {
        return start().plus(Duration.ofMinutes(15L * (sums.size() - 1)));
    }

    PaceState state() {
        return state;
    }

    @Override
    public String period() {
        return month.toString();
    }

    @Override
    public Instant start() {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public Instant end() {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Override
    public String currency() {
        return currency;
    }

    @Override
    public long until(Instant instant) {
        long quarters = Duration.between(start(), instant).toMinutes() / 15;
        return sums.get((int) Math.max(0, Math.min(sums.size() - 1, quarters)));
    }
}

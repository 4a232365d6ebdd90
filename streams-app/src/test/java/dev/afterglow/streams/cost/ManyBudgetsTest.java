package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.Budget;
import dev.afterglow.contract.BudgetScope;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.state.AccountSpikes;
import dev.afterglow.state.BudgetState;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.ForecastState;
import dev.afterglow.state.PaceState;
import dev.afterglow.state.ScopeDay;
import dev.afterglow.state.SpikeState;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.streams.flow.DueIndex;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.HeapStores;
import dev.afterglow.streams.testkit.SlowClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How long judging keeps its thread when something changed of a period that thousands of budgets are of:
 * {@code -Dafterglow.budgets=5000} prints figures.
 */
class ManyBudgetsTest {

    private static final int BUDGETS = Integer.getInteger("afterglow.budgets", 1_100);
    private static final PlanHistory NO_PLAN = PlanHistory.of(List.of());
    private static final PeriodKey NOVEMBER = PeriodKey.parse("acme/2026-11");
    private static final Clock STANDING = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final Instant LATER = NOON.plus(Duration.ofHours(6));

    private final List<CostAlert> alerts = new ArrayList<>();
    private final FakeAccounts accounts = new FakeAccounts();
    private final UsageBook book = new UsageBook(
            HeapStores.keyValue(StateSerde.of(UsageDay.class)), HeapStores.keyValue(StateSerde.of(UsageTotal.class)));
    private final ScopeBook scopes =
            new ScopeBook(HeapStores.keyValue(StateSerde.of(ScopeDay.class)), book, experiment -> "growth");
    private final KeyValueStore<String, Long> marked = HeapStores.keyValue(Serdes.Long());
    private final PeriodMarks marks = new PeriodMarks(marked);
    private final QuarterWatch quarters = watch();
    private final BudgetReviews reviews = new BudgetReviews(marks, quarters, STANDING);

    @BeforeEach
    void useHalfOfEveryBudget() {
        for (int i = 0; i < BUDGETS; i++) {
            accounts.put(Budget.newBuilder()
                    .setBudgetId(id(i))
                    .setVersion(1)
                    .setScope(BudgetScope.TEAM)
                    .setTeam("growth")
                    .setAccount("acme")
                    .setUnit(BudgetUnit.IMPRESSIONS)
                    .setForecastPercents(List.of(100))
                    .setAmount(100));
        }
        use(50);
        marks.judge(NOVEMBER);
    }

    @Test
    void judgesThemInTurnsInTheirOrderAndOnceEach() {
        // given
        var timed = new BudgetReviews(marks, quarters, Clock.systemUTC());

        // when
        var turns = new ArrayList<Long>();
        for (boolean done = false; !done; ) {
            int before = alerts.size();
            long begun = System.nanoTime();
            done = timed.advance(LATER);
            turns.add((System.nanoTime() - begun) / 1_000_000);
            assertThat(alerts.size() - before)
                    .as("judged in a turn")
                    .isLessThanOrEqualTo(BudgetReviews.JUDGED_PER_TURN);
        }

        // then
        if (Integer.getInteger("afterglow.budgets") != null) {
            var longest = turns.stream().sorted(Comparator.reverseOrder()).toList();
            System.out.printf(
                    "%d budgets: %d turns of %d ms in all; the first %d ms, the longest %s ms, half of them %d ms or less%n",
                    BUDGETS,
                    turns.size(),
                    turns.stream().mapToLong(Long::longValue).sum(),
                    turns.get(0),
                    longest.subList(0, Math.min(5, longest.size())),
                    longest.get(longest.size() / 2));
        }
        assertThat(alerts)
                .extracting(CostAlert::getBudgetId)
                .containsExactlyElementsOf(IntStream.range(0, BUDGETS)
                        .mapToObj(ManyBudgetsTest::id)
                        .toList());
        assertThat(marked.approximateNumEntries()).isZero();
    }

    @Test
    void judgesThoseAgainThatWereJudgedBeforeMoreCameLate() {
        // given
        assertThat(reviews.advance(LATER)).isFalse();
        var first = alerts.get(0).getBudgetId();

        // when
        use(50);
        marks.judge(NOVEMBER);
        untilDone(reviews);

        // then
        assertThat(alerts)
                .filteredOn(alert -> alert.getBudgetId().equals(first))
                .extracting(CostAlert::getThresholdPercent)
                .containsExactly(50, 50, 100);
        assertThat(alerts)
                .filteredOn(alert -> alert.getBudgetId().equals(id(BUDGETS - 1)))
                .extracting(CostAlert::getThresholdPercent)
                .containsExactly(100);
    }

    @Test
    void goesOnWhereItWasAfterARestart() {
        // given
        assertThat(reviews.advance(LATER)).isFalse();

        // when
        untilDone(new BudgetReviews(new PeriodMarks(marked), quarters, STANDING));

        // then
        assertThat(alerts)
                .extracting(CostAlert::getBudgetId)
                .doesNotHaveDuplicates()
                .hasSize(BUDGETS);
    }

    @Test
    void judgesOneAtLeastInATurnHoweverSlowTheMachine() {
        // given
        var slow = new BudgetReviews(marks, quarters, new SlowClock(1_000));
        slow.advance(LATER);

        // when
        slow.advance(LATER);

        // then
        assertThat(alerts).hasSize(1);
    }

    @Test
    void judgesNoneBeforeThePeriodHasBegun() {
        // given
        marks.judge(PeriodKey.parse("acme/2026-12"));

        // when
        untilDone(reviews);

        // then
        assertThat(alerts).extracting(CostAlert::getPeriod).containsOnly("2026-11");
    }

    private static void untilDone(BudgetReviews reviews) {
        for (int turn = 0; !reviews.advance(LATER); turn++) {
            assertThat(turn).as("turns").isLessThan(BUDGETS);
        }
    }

    private void use(long impressions) {
        var usage = new ExperimentUsage(
                "acme", "shop", "production", "checkout", "growth", List.of(new UsageQuarter(NOON, impressions, 0L)));
        book.book(usage, NO_PLAN);
        scopes.add(List.of(usage));
    }

    private static String id(int index) {
        return String.format("b%06d", index);
    }

    private QuarterWatch watch() {
        var days =
                new AccountDays(HeapStores.keyValue(Serdes.Long()), HeapStores.keyValue(StateSerde.of(UsageDay.class)));
        var forecasts = new ForecastDesk(accounts, days, HeapStores.keyValue(StateSerde.of(ForecastState.class)));
        var thresholds = new ThresholdDesk(
                HeapStores.keyValue(StateSerde.of(BudgetState.class)),
                forecasts,
                (period, budget, upTo) -> null,
                alerts::add);
        var pace = new PaceDesk(HeapStores.keyValue(StateSerde.of(PaceState.class)), alerts::add);
        var spikes = new SpikeDesk(
                accounts,
                book,
                scopes,
                HeapStores.keyValue(StateSerde.of(SpikeState.class)),
                HeapStores.keyValue(StateSerde.of(AccountSpikes.class)),
                experiment -> "growth",
                alerts::add);
        var budgets = new BudgetDesk(accounts, new BudgetCurves(book, scopes), thresholds, pace);
        var due = new DueIndex(HeapStores.keyValue(Serdes.Long()));
        return new QuarterWatch(due, spikes, budgets, MonthDesks.of(accounts, due), Clock.systemUTC());
    }
}

package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.PlanHistory;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.ExperimentKey;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long judging keeps its thread when a quarter-hour of many experiments is complete: {@code -Dafterglow.quarters=20000}
 * prints figures, on the stores that the stage has.
 */
class ManyQuartersTest {

    private static final int EXPERIMENTS = Integer.getInteger("afterglow.quarters", 200);
    private static final PlanHistory NO_PLAN = PlanHistory.of(List.of());

    private final List<CostAlert> alerts = new ArrayList<>();
    private final FakeAccounts accounts = new FakeAccounts();
    private final KeyValueStore<String, UsageDay> days;
    private final UsageBook book;
    private final ScopeBook scopes;
    private final QuarterWatch watch;

    ManyQuartersTest(@TempDir Path directory) {
        var onDisk = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore("days"), Serdes.String(), StateSerde.of(UsageDay.class))
                .withLoggingDisabled();
        var context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
        days = HeapStores.open(onDisk, context);
        book = new UsageBook(days, HeapStores.keyValue(StateSerde.of(UsageTotal.class)));
        scopes = new ScopeBook(HeapStores.keyValue(StateSerde.of(ScopeDay.class)), book, experiment -> null);
        var spikes = new SpikeDesk(
                accounts,
                book,
                scopes,
                HeapStores.keyValue(StateSerde.of(SpikeState.class)),
                HeapStores.keyValue(StateSerde.of(AccountSpikes.class)),
                experiment -> null,
                alerts::add);
        var forecasts = new ForecastDesk(
                accounts,
                new AccountDays(HeapStores.keyValue(Serdes.Long()), days),
                HeapStores.keyValue(StateSerde.of(ForecastState.class)));
        var thresholds = new ThresholdDesk(
                HeapStores.keyValue(StateSerde.of(BudgetState.class)),
                forecasts,
                (period, budget, upTo) -> null,
                alerts::add);
        var pace = new PaceDesk(HeapStores.keyValue(StateSerde.of(PaceState.class)), alerts::add);
        var budgets = new BudgetDesk(accounts, new BudgetCurves(book, scopes), thresholds, pace);
        var due = new DueIndex(HeapStores.keyValue(Serdes.Long()));
        watch = new QuarterWatch(due, spikes, budgets, MonthDesks.of(accounts, due), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        days.close();
    }

    @Test
    void judgesInTurnsWhenAllExperimentsSpikeAtOnce() {
        // given
        for (int i = 0; i < EXPERIMENTS; i++) {
            var quarters = new ArrayList<UsageQuarter>();
            for (int day = 1; day <= 14; day++) {
                quarters.add(new UsageQuarter(NOON.minus(Duration.ofDays(day)), 1_000L, 0L));
            }
            quarters.add(new UsageQuarter(NOON, 10_000L, 0L));
            var usage = new ExperimentUsage("acme", "shop", "production", "e" + i, null, quarters);
            book.book(usage, NO_PLAN);
            scopes.add(List.of(usage));
            watch.used(List.of(usage), Optional.of(NOON));
            watch.counted(
                    new DayKey("acme", new ExperimentKey("shop", "production", "e" + i), NOON),
                    NOON,
                    Optional.of(NOON));
        }

        // when
        var turns = new ArrayList<Long>();
        for (boolean done = false; !done; ) {
            long begun = System.nanoTime();
            done = watch.advance(NOON.plus(Duration.ofMinutes(17)));
            turns.add((System.nanoTime() - begun) / 1_000_000);
        }

        // then
        if (Integer.getInteger("afterglow.quarters") != null) {
            var longest = turns.stream().sorted(Comparator.reverseOrder()).toList();
            System.out.printf(
                    "%d experiments: %d turns of %d ms in all; the first %d ms, the longest %s ms, half of them %d ms or less%n",
                    EXPERIMENTS,
                    turns.size(),
                    turns.stream().mapToLong(Long::longValue).sum(),
                    turns.get(0),
                    longest.subList(0, Math.min(5, longest.size())),
                    longest.get(longest.size() / 2));
        }
        assertThat(alerts).hasSize(SpikeDesk.MOST_OPEN + 1);
        assertThat(alerts.get(SpikeDesk.MOST_OPEN).getSpike().getOthers()).isEqualTo(EXPERIMENTS - SpikeDesk.MOST_OPEN);
        assertThat(alerts.get(0).getAt()).isEqualTo(NOON.plusSeconds(900));
    }
}

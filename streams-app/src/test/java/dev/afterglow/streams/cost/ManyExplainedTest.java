package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.streams.testkit.HeapStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long explaining an alert of an account with many experiments keeps its thread, and another one at the same moment:
 * {@code -Dafterglow.explained=20000} prints figures, on the stores that the stage has.
 */
class ManyExplainedTest {

    private static final int EXPERIMENTS = Integer.getInteger("afterglow.explained", 1_100);
    private static final int DAYS = 45;

    private final KeyValueStore<String, UsageDay> days;
    private final KeyValueStore<String, UsageTotal> totals;
    private final ExplanationBench bench;

    ManyExplainedTest(@TempDir Path directory) {
        var context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
        days = onDisk("days", StateSerde.of(UsageDay.class), context);
        totals = onDisk("totals", StateSerde.of(UsageTotal.class), context);
        bench = new ExplanationBench(days, totals, experiment -> "growth");
    }

    @AfterEach
    void close() {
        days.close();
        totals.close();
    }

    @Test
    void findsAllLeftoversAndReadsOnceForAllAlertsOfAMoment() {
        // given every tenth experiment is a leftover, the smallest one too, and some were in use before
        for (int i = 0; i < EXPERIMENTS; i++) {
            use(i);
        }

        // when
        long begun = System.nanoTime();
        var first = bench.desk.explain(ExplanationBench.alert());
        long read = System.nanoTime();
        bench.desk.explain(ExplanationBench.alert());
        long again = System.nanoTime();
        bench.desk.forget();
        bench.desk.explain(ExplanationBench.alert());
        long anew = System.nanoTime();

        // then
        if (Integer.getInteger("afterglow.explained") != null) {
            System.out.printf(
                    "%d experiments: explained in %d ms, a second alert in %d ms, one after the next usage in %d ms%n",
                    EXPERIMENTS, (read - begun) / 1_000_000, (again - read) / 1_000_000, (anew - again) / 1_000_000);
        }
        assertThat(first.getExplanation().getLeftovers()).isEqualTo((EXPERIMENTS + 9) / 10);
        assertThat(first.getExplanation().getCostliest())
                .extracting(spend -> spend.getExperiment())
                .startsWith("e" + (EXPERIMENTS - 1), "e" + (EXPERIMENTS - 2));
        assertThat(first.getExplanation().getCostliest().get(0).getImpressions())
                .isEqualTo(3L * (EXPERIMENTS + 99));
    }

    /** Days before and in November, at the hour before noon. */
    private void use(int experiment) {
        var quarters = new ArrayList<UsageQuarter>();
        long impressions = experiment + 100L;
        for (int day = 1; day <= DAYS; day++) {
            var quarter = NOON.minus(Duration.ofDays(day)).minus(Duration.ofHours(1));
            quarters.add(new UsageQuarter(quarter, impressions, 0L));
        }
        quarters.add(new UsageQuarter(
                NOON.minus(Duration.ofHours(1)), impressions, experiment % 10 == 0 ? impressions : 0L));
        // What comes after the alert.
        quarters.add(new UsageQuarter(NOON, 1_000_000L, 0L));
        bench.use("e" + experiment, quarters);
    }

    private static <V> KeyValueStore<String, V> onDisk(
            String name, Serde<V> values, MockProcessorContext<?, ?> context) {
        return HeapStores.open(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                        .withLoggingDisabled(),
                context);
    }
}

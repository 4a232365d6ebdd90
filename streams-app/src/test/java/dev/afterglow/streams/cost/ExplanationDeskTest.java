package dev.afterglow.streams.cost;

import static dev.afterglow.streams.cost.CostBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.state.UsageDay;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.UsageTotal;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExplanationDeskTest {

    private static final int MOST = 5_000;

    @Test
    void leavesAnAlertAsItIsWhenItsExplanationFails() {
        // given
        var bench = bench(experiment -> {
            throw new IllegalStateException("no team can be looked up");
        });
        leftover(bench, 1);

        // when
        var sent = bench.desk.explain(ExplanationBench.alert());

        // then
        assertThat(sent).isEqualTo(ExplanationBench.alert());
    }

    @Test
    void looksAtFiveThousandExperimentsAtMostThoseThatUsedMost() {
        // given leftovers with 1, 2, 3, … impressions
        var bench = bench(experiment -> "growth");
        LongStream.rangeClosed(1, MOST + 3).forEach(impressions -> leftover(bench, impressions));

        // when
        var explanation = bench.desk.explain(ExplanationBench.alert()).getExplanation();

        // then
        assertThat(explanation.getLeftovers()).isEqualTo(MOST);
        assertThat(explanation.getLeftoverImpressions())
                .isEqualTo(LongStream.rangeClosed(4, MOST + 3).sum());
    }

    private static void leftover(ExplanationBench bench, long impressions) {
        bench.use(
                "e" + impressions,
                List.of(new UsageQuarter(NOON.minus(Duration.ofHours(1)), impressions, impressions)));
    }

    private static ExplanationBench bench(UnaryOperator<String> teams) {
        return new ExplanationBench(
                HeapStores.keyValue(StateSerde.of(UsageDay.class)),
                HeapStores.keyValue(StateSerde.of(UsageTotal.class)),
                teams);
    }
}

package dev.afterglow.streams.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.QuarterCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeltaMessagesTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final List<FlowMessage> sent = new ArrayList<>();

    @Test
    void packsManyExperimentsTogetherInTheirOrder() {
        // given
        var deltas = List.of(deltas("a", 1), deltas("b", 1), deltas("c", 1), deltas("a", 2));

        // when
        pack(deltas);

        // then
        assertThat(sent).containsExactly(new FlowMessage(new DeltaBatch(deltas)));
    }

    @Test
    void beginsAnotherMessageBeforeOneHasMoreThanAThousandCounts() {
        // given
        var deltas = List.of(deltas("a", 600), deltas("a", 400), deltas("a", 1), deltas("a", 1_000));

        // when
        pack(deltas);

        // then
        assertThat(sent)
                .extracting(message -> ((DeltaBatch) message.getBody()).getDeltas())
                .containsExactly(deltas.subList(0, 2), deltas.subList(2, 3), deltas.subList(3, 4));
    }

    @Test
    void sendsNothingWhenThereIsNothing() {
        pack(List.of());

        assertThat(sent).isEmpty();
    }

    @Test
    void splitsOneExperimentOfManyCounts() {
        // given
        var all = deltas("a", 2_500).getCounts();

        // when
        var parts = DeltaMessages.of(new ExperimentKey("shop", "production", "a"), CountingPolicy.EVALUATION, all)
                .toList();

        // then
        assertThat(parts).extracting(part -> part.getCounts().size()).containsExactly(1_000, 1_000, 500);
        assertThat(parts).flatExtracting(ExperimentDeltas::getCounts).isEqualTo(all);
    }

    private void pack(List<ExperimentDeltas> deltas) {
        DeltaMessages.pack(deltas, sent::add);
    }

    private static ExperimentDeltas deltas(String experiment, int counts) {
        return new ExperimentDeltas(
                "shop",
                "production",
                experiment,
                CountingPolicy.EVALUATION,
                IntStream.range(0, counts)
                        .mapToObj(i -> new QuarterCount("variant-" + i, NOON, 1L))
                        .toList());
    }
}

package dev.afterglow.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

class PendingDeltasTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final ExperimentKey ODD = new ExperimentKey("shop", "production", "a/b%2Fc");

    private final PendingDeltas pending = new PendingDeltas(HeapStores.keyValue(Serdes.Long()));

    @Test
    void addsUpByVariantAndQuarterHour() {
        // given
        pending.add(ODD, CountingPolicy.EVALUATION, "x/y", NOON, 2);
        pending.add(ODD, CountingPolicy.EVALUATION, "x/y", NOON, 3);
        pending.add(ODD, CountingPolicy.EVALUATION, "x", NOON, 1);
        pending.add(ODD, CountingPolicy.EVALUATION, "x/y", NOON.plusSeconds(900), 4);

        // when
        var deltas = pending.drain();

        // then
        assertThat(deltas).singleElement().satisfies(message -> {
            assertThat(message.getExperiment()).isEqualTo("a/b%2Fc");
            assertThat(message.getCounts())
                    .containsExactlyInAnyOrder(
                            new QuarterCount("x/y", NOON, 5L),
                            new QuarterCount("x", NOON, 1L),
                            new QuarterCount("x/y", NOON.plusSeconds(900), 4L));
        });
    }

    @Test
    void givesOneMessageForEachExperimentAndPolicyInTheOrderOfTheirKeys() {
        // given
        var other = new ExperimentKey("app", "production", "z");
        pending.add(ODD, CountingPolicy.DAILY_UNIQUE, "x", NOON, 1);
        pending.add(ODD, CountingPolicy.EVALUATION, "x", NOON, 1);
        pending.add(other, CountingPolicy.EVALUATION, "x", NOON, 1);

        // then
        assertThat(pending.drain())
                .extracting(ExperimentDeltas::getProject, ExperimentDeltas::getPolicy)
                .containsExactly(
                        tuple("app", CountingPolicy.EVALUATION),
                        tuple("shop", CountingPolicy.DAILY_UNIQUE),
                        tuple("shop", CountingPolicy.EVALUATION));
    }

    @Test
    void isEmptyAfterwards() {
        // given
        pending.add(ODD, CountingPolicy.EVALUATION, "x", NOON, 1);
        pending.drain();

        // then
        assertThat(pending.drain()).isEmpty();
    }

    @Test
    void refusesASumThatDoesNotFit() {
        // given
        pending.add(ODD, CountingPolicy.EVALUATION, "x", NOON, Long.MAX_VALUE);

        // then
        assertThatThrownBy(() -> pending.add(ODD, CountingPolicy.EVALUATION, "x", NOON, 1))
                .isInstanceOf(ArithmeticException.class);
    }
}

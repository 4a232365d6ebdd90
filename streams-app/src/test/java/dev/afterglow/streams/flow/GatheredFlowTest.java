package dev.afterglow.streams.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.ExperimentOverhead;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.HourOverhead;
import dev.afterglow.state.OverheadBatch;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.state.Watermark;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheredFlowTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final GatheredFlow gathered = new GatheredFlow();

    @Test
    void addsUpWhatSeveralPartitionsSayOfAQuarterHour() {
        // given
        deltas("checkout", CountingPolicy.EVALUATION, new QuarterCount("blue", NOON, 2L));
        deltas(
                "checkout",
                CountingPolicy.EVALUATION,
                new QuarterCount("blue", NOON, 3L),
                new QuarterCount("green", NOON, 1L));

        // then
        assertThat(gathered.take().deltas())
                .singleElement()
                .satisfies(message -> assertThat(message.getCounts())
                        .containsExactly(new QuarterCount("blue", NOON, 5L), new QuarterCount("green", NOON, 1L)));
    }

    @Test
    void givesWhatIsOfAVariantTogetherAndInTheOrderOfTime() {
        // given
        deltas(
                "checkout",
                CountingPolicy.EVALUATION,
                new QuarterCount("blue", NOON.plusSeconds(900), 1L),
                new QuarterCount("green", NOON, 2L));
        deltas("checkout", CountingPolicy.EVALUATION, new QuarterCount("blue", NOON, 3L));

        // then
        assertThat(gathered.take().deltas().get(0).getCounts())
                .containsExactly(
                        new QuarterCount("blue", NOON, 3L),
                        new QuarterCount("blue", NOON.plusSeconds(900), 1L),
                        new QuarterCount("green", NOON, 2L));
    }

    @Test
    void keepsPoliciesAndExperimentsApartInTheOrderOfTheirFirstMention() {
        // given
        deltas("b", CountingPolicy.DAILY_UNIQUE, new QuarterCount("x", NOON, 1L));
        deltas("b", CountingPolicy.EVALUATION, new QuarterCount("x", NOON, 1L));
        deltas("a", CountingPolicy.EVALUATION, new QuarterCount("x", NOON, 1L));

        // then
        assertThat(gathered.take().deltas())
                .extracting(message -> message.getExperiment() + ' ' + message.getPolicy())
                .containsExactly("b DAILY_UNIQUE", "b EVALUATION", "a EVALUATION");
    }

    @Test
    void addsUpWhatSeveralPartitionsSayClientsSpent() {
        // given
        overhead("b", new HourOverhead(NOON, 2L, 3L));
        overhead("a", new HourOverhead(NOON, 1L, 0L));
        overhead("b", new HourOverhead(NOON, 5L, 7L), new HourOverhead(NOON.plusSeconds(3_600), 0L, 1L));

        // then
        assertThat(gathered.take().overheads())
                .containsExactly(
                        new ExperimentOverhead(
                                "shop",
                                "production",
                                "b",
                                List.of(
                                        new HourOverhead(NOON, 7L, 10L),
                                        new HourOverhead(NOON.plusSeconds(3_600), 0L, 1L))),
                        new ExperimentOverhead("shop", "production", "a", List.of(new HourOverhead(NOON, 1L, 0L))));
        assertThat(gathered.take().overheads()).isEmpty();
    }

    @Test
    void addsUpTheTrafficOfAProjectByTheHour() {
        // given
        traffic(NOON, 4);
        traffic(NOON, 5);
        traffic(NOON.plusSeconds(3_600), 1);

        // then
        assertThat(gathered.take().projects())
                .containsExactly(
                        new ProjectTraffic("shop", "production", NOON, 9L),
                        new ProjectTraffic("shop", "production", NOON.plusSeconds(3_600), 1L));
    }

    @Test
    void keepsTheLastWatermarkOfEachSource() {
        // given
        watermark(0, NOON.plusSeconds(20));
        watermark(1, NOON);
        watermark(0, NOON.plusSeconds(10));

        // then
        assertThat(gathered.take().watermarks())
                .containsExactly(new Watermark(0, NOON.plusSeconds(20)), new Watermark(1, NOON));
    }

    @Test
    void isEmptyOnceTaken() {
        // given
        deltas("checkout", CountingPolicy.EVALUATION, new QuarterCount("blue", NOON, 2L));
        traffic(NOON, 4);
        watermark(0, NOON);
        gathered.take();

        // then
        assertThat(gathered.take()).isEqualTo(new GatheredFlow.Work(List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void isFullOfDifferentCountsNotOfMessages() {
        // given
        var many = IntStream.range(0, 25_000)
                .mapToObj(i -> new QuarterCount("variant-" + i, NOON, 1L))
                .toArray(QuarterCount[]::new);
        deltas("a", CountingPolicy.EVALUATION, many);
        deltas("a", CountingPolicy.EVALUATION, many);
        assertThat(gathered.isFull()).isFalse();

        // when
        deltas("b", CountingPolicy.EVALUATION, many);

        // then
        assertThat(gathered.isFull()).isTrue();
        gathered.take();
        assertThat(gathered.isFull()).isFalse();
    }

    @Test
    void addsUpWhatComesInBatchesAndWhatAnEarlierReleaseSentOneByOne() {
        // given
        var one = experiment("a", CountingPolicy.EVALUATION, new QuarterCount("blue", NOON, 2L));
        var other = experiment("b", CountingPolicy.EVALUATION, new QuarterCount("blue", NOON, 3L));
        gathered.add(new FlowMessage(one));

        // when
        gathered.add(new FlowMessage(new DeltaBatch(List.of(one, other))));

        // then
        assertThat(gathered.take().deltas())
                .containsExactly(experiment("a", CountingPolicy.EVALUATION, new QuarterCount("blue", NOON, 4L)), other);
    }

    @Test
    void saysHowManyDifferentChangesWait() {
        // given
        deltas("a", CountingPolicy.EVALUATION, new QuarterCount("blue", NOON, 2L), new QuarterCount("red", NOON, 2L));
        deltas("a", CountingPolicy.EVALUATION, new QuarterCount("blue", NOON, 2L));
        traffic(NOON, 4);
        watermark(0, NOON);

        // then
        assertThat(gathered.size()).isEqualTo(4);
        gathered.take();
        assertThat(gathered.size()).isZero();
    }

    @Test
    void refusesASumThatDoesNotFit() {
        // given
        traffic(NOON, Long.MAX_VALUE);

        // then
        assertThatThrownBy(() -> traffic(NOON, 1)).isInstanceOf(ArithmeticException.class);
    }

    private void deltas(String experiment, CountingPolicy policy, QuarterCount... counts) {
        gathered.add(experiment(experiment, policy, counts));
    }

    private static ExperimentDeltas experiment(String experiment, CountingPolicy policy, QuarterCount... counts) {
        return new ExperimentDeltas("shop", "production", experiment, policy, List.of(counts));
    }

    private void traffic(Instant hour, long count) {
        gathered.add(new FlowMessage(new ProjectTraffic("shop", "production", hour, count)));
    }

    private void watermark(int source, Instant readUpTo) {
        gathered.add(new FlowMessage(new Watermark(source, readUpTo)));
    }

    private void overhead(String experiment, HourOverhead... hours) {
        var overhead = new ExperimentOverhead("shop", "production", experiment, List.of(hours));
        gathered.add(new FlowMessage(new OverheadBatch(List.of(overhead))));
    }
}

package dev.afterglow.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.ExperimentOverhead;
import dev.afterglow.state.HourOverhead;
import dev.afterglow.state.OverheadBatch;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.streams.flow.DeltaMessages;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.reading.EventView;
import dev.afterglow.streams.testkit.Events;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PendingDeltasTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final ExperimentKey ODD = new ExperimentKey("shop", "production", "a/b%2Fc");

    private static final int PARTITIONS = 3;

    private final PendingDeltas pending = new PendingDeltas(PARTITIONS);
    private final List<ExperimentDeltas> deltas = new ArrayList<>();
    private final List<ExperimentOverhead> overheads = new ArrayList<>();
    private final List<ProjectTraffic> projects = new ArrayList<>();

    @Test
    void addsUpByVariantAndQuarterHour() {
        // given
        add(ODD, CountingPolicy.EVALUATION, "x/y", NOON, 2);
        add(ODD, CountingPolicy.EVALUATION, "x/y", NOON, 3);
        add(ODD, CountingPolicy.EVALUATION, "x", NOON, 1);
        add(ODD, CountingPolicy.EVALUATION, "x/y", NOON.plusSeconds(900), 4);

        // when
        drain();

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
    void tellsOfEachExperimentAndPolicyByItself() {
        // given
        var other = new ExperimentKey("app", "production", "z");
        add(ODD, CountingPolicy.DAILY_UNIQUE, "x", NOON, 1);
        add(ODD, CountingPolicy.EVALUATION, "x", NOON, 1);
        add(other, CountingPolicy.EVALUATION, "x", NOON, 1);

        // when
        drain();

        // then
        assertThat(deltas)
                .extracting(ExperimentDeltas::getProject, ExperimentDeltas::getPolicy)
                .containsExactlyInAnyOrder(
                        tuple("shop", CountingPolicy.DAILY_UNIQUE),
                        tuple("shop", CountingPolicy.EVALUATION),
                        tuple("app", CountingPolicy.EVALUATION));
    }

    @Test
    void tellsThePartitionOfAnExperimentInTheOrderOfFirstEvents() {
        // given
        var inOrder = IntStream.range(0, 50)
                .mapToObj(i -> new ExperimentKey("shop", "production", "experiment-" + (i * 7 % 50)))
                .toList();
        inOrder.forEach(experiment -> add(experiment, CountingPolicy.EVALUATION, "x", NOON, 1));

        // when
        var told = new TreeMap<Integer, List<ExperimentKey>>();
        pending.drain()
                .send(
                        (partition, message) -> ((DeltaBatch) message.getBody())
                                .getDeltas()
                                .forEach(one -> told.computeIfAbsent(partition, none -> new ArrayList<>())
                                        .add(DeltaMessages.experimentOf(one))),
                        message -> {});

        // then
        assertThat(told)
                .isEqualTo(inOrder.stream()
                        .collect(Collectors.groupingBy(
                                experiment -> Routes.partitionOf(experiment.toString(), PARTITIONS))));
    }

    @Test
    void tellsEveryPartitionOfTheTrafficOfProjectsByTheHour() {
        // given
        add(ODD, CountingPolicy.EVALUATION, "x", NOON, 1);
        add(ODD, CountingPolicy.DAILY_UNIQUE, "x", NOON.plusSeconds(900), 2);
        add(new ExperimentKey("shop", "production", "z"), CountingPolicy.EVALUATION, "y", NOON, 4);
        add(ODD, CountingPolicy.EVALUATION, "x", NOON.plusSeconds(3_600), 8);
        add(new ExperimentKey("app", "production", "z"), CountingPolicy.EVALUATION, "x", NOON, 16);

        // when
        drain();

        // then
        assertThat(projects)
                .containsExactly(
                        new ProjectTraffic("app", "production", NOON, 16L),
                        new ProjectTraffic("shop", "production", NOON, 7L),
                        new ProjectTraffic("shop", "production", NOON.plusSeconds(3_600), 8L));
    }

    @Test
    void tellsOfCountsBeforeWhatWasSpentOnThemAndOfProjectsLast() {
        // given
        spend("x", NOON, 3, 200L, 1_000L);

        // when
        var told = new ArrayList<Class<?>>();
        pending.drain()
                .send(
                        (partition, message) -> told.add(message.getBody().getClass()),
                        message -> told.add(message.getBody().getClass()));

        // then
        assertThat(told).containsExactly(DeltaBatch.class, OverheadBatch.class, ProjectTraffic.class);
    }

    @Test
    void addsUpWhatClientsSpentByTheHourForEachOfTheEvaluations() {
        // given
        spend("x", NOON, 3, 200L, 1_000L);
        spend("y", NOON.plusSeconds(900), 2, 10L, null);
        spend("x", NOON.plusSeconds(3_600), 1, null, 7L);

        // when
        drain();

        // then
        assertThat(overheads)
                .singleElement()
                .satisfies(overhead -> assertThat(overhead.getHours())
                        .containsExactly(
                                new HourOverhead(NOON, 620L, 3_000L),
                                new HourOverhead(NOON.plusSeconds(3_600), 0L, 7L)));
    }

    @Test
    void takesNoAbsurdMeasurementForEvidence() {
        // given
        spend("x", NOON, 1_000_000_000, 600_000_001L, (1L << 30) + 1);
        spend("x", NOON, 1, -1L, Long.MIN_VALUE);

        // when
        drain();

        // then
        assertThat(overheads).isEmpty();
        assertThat(deltas)
                .singleElement()
                .satisfies(deltas ->
                        assertThat(deltas.getCounts()).containsExactly(new QuarterCount("x", NOON, 1_000_000_001L)));
    }

    @Test
    void addsUpNoFurtherThanALongGoes() {
        // given
        for (int i = 0; i < 20; i++) {
            spend("x", NOON, 1_000_000_000, 600_000_000L, 1L << 30);
        }

        // when
        drain();

        // then
        assertThat(overheads)
                .singleElement()
                .satisfies(overhead -> assertThat(overhead.getHours())
                        .containsExactly(new HourOverhead(NOON, Long.MAX_VALUE, Long.MAX_VALUE)));
    }

    @Test
    void isEmptyAfterwards() {
        // given
        add(ODD, CountingPolicy.EVALUATION, "x", NOON, 1);
        pending.drain();

        // when
        drain();

        // then
        assertThat(deltas).isEmpty();
        assertThat(pending.size()).isZero();
    }

    @Test
    void refusesASumThatDoesNotFit() {
        // given
        add(ODD, CountingPolicy.EVALUATION, "x", NOON, Long.MAX_VALUE);

        // then
        assertThatThrownBy(() -> add(ODD, CountingPolicy.EVALUATION, "x", NOON, 1))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void cutsWhatIsTooLargeForOneMessage() {
        // given
        for (int i = 0; i < 2_500; i++) {
            add(ODD, CountingPolicy.EVALUATION, "variant-" + i, NOON, 1);
        }

        // when
        drain();

        // then
        assertThat(deltas).extracting(message -> message.getCounts().size()).containsExactly(1_000, 1_000, 500);
    }

    private void drain() {
        pending.drain()
                .send(
                        (partition, message) -> {
                            if (message.getBody() instanceof DeltaBatch batch) {
                                deltas.addAll(batch.getDeltas());
                            } else if (message.getBody() instanceof OverheadBatch batch) {
                                overheads.addAll(batch.getOverheads());
                            }
                        },
                        message -> projects.add((ProjectTraffic) message.getBody()));
    }

    private void spend(String variant, Instant quarter, long count, Long micros, Long bytes) {
        var view = new EventView();
        view.copy(Events.event("1", quarter)
                .setVariant(variant)
                .setOverheadMicros(micros)
                .setOverheadBytes(bytes)
                .build());
        pending.add(view, CountingPolicy.EVALUATION, count);
    }

    private void add(ExperimentKey experiment, CountingPolicy policy, String variant, Instant quarter, long count) {
        var view = new EventView();
        view.copy(Events.event("1", quarter.plusSeconds(899))
                .setProject(experiment.project())
                .setEnvironment(experiment.environment())
                .setExperiment(experiment.experiment())
                .setVariant(variant)
                .build());
        pending.add(view, policy, count);
    }
}

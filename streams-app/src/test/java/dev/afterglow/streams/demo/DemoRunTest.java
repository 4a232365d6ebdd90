package dev.afterglow.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ExperimentState;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoRunTest {

    private static final long EVENTS = 3_000;
    private static final long SEED = 7;
    private static final DemoOptions OPTIONS =
            new DemoOptions(EVENTS, SEED, true, Duration.ofMillis(300), 1_000, Duration.ZERO);

    private final Clock clock = Clock.fixed(Records.NOW, ZoneOffset.UTC);
    private final Fleet fleet = Fleet.at(Records.NOW);
    private final Actual perfect = Perfect.answer(Expectation.of(fleet, new TrafficGenerator(fleet, SEED, EVENTS)));

    @Test
    void reportsNoDifferenceWhenTheApiShowsWhatWasSent() throws Exception {
        try (var pipeline = new FakePipeline(perfect)) {
            // when
            var report = new DemoRun(pipeline, OPTIONS, clock).run().orElseThrow();

            // then
            assertThat(report.lines()).noneMatch(line -> line.contains("DIFFERENCE"));
            assertThat(report.differences()).isZero();
        }
    }

    @Test
    void reportsADifferenceWhenOneEventMoreIsCounted() throws Exception {
        try (var pipeline = new FakePipeline(perfect)) {
            // given
            pipeline.oracle.add(new TrafficGenerator(fleet, SEED, EVENTS).live(1, Records.NOW));

            // when
            var report = new DemoRun(pipeline, OPTIONS, clock).run().orElseThrow();

            // then
            assertThat(report.differences()).isPositive();
        }
    }

    @Test
    void configuresFirstAndCleansUpBetweenTheParts() throws Exception {
        try (var pipeline = new FakePipeline(perfect)) {
            // when
            new DemoRun(pipeline, OPTIONS, clock).run();

            // then
            assertThat(pipeline.calls)
                    .containsExactly(
                            "policy",
                            "plan",
                            "budget",
                            "definition",
                            "settled",
                            "event",
                            "settled",
                            "definition",
                            "settled",
                            "event",
                            "settled");
        }
    }

    @Test
    void switchesTheCleanedExperimentOffFromNowOn() throws Exception {
        try (var pipeline = new FakePipeline(perfect)) {
            // when
            new DemoRun(pipeline, OPTIONS, clock).run();

            // then
            var last = pipeline.definitions.get(pipeline.definitions.size() - 1);
            assertThat(last.getExperiment()).isEqualTo("free-shipping-bar");
            assertThat(last.getState()).isEqualTo(ExperimentState.INACTIVE);
            assertThat(last.getVersion()).isEqualTo(3);
            assertThat(last.getEffectiveFrom()).isEqualTo(Records.NOW);
        }
    }

    @Test
    void goesOnWithLiveTrafficUnlessItIsToExit() throws Exception {
        try (var pipeline = new FakePipeline(perfect)) {
            // given
            var options = new DemoOptions(EVENTS, SEED, false, Duration.ofMillis(300), 1_000, Duration.ZERO);
            var run = new DemoRun(pipeline, options, Clock.systemUTC());

            // when
            var report = run.run();

            // then
            assertThat(report).isEmpty();
            assertThat(run.progress().sent()).isGreaterThan(run.progress().planned());
        }
    }

    @Test
    void showsTheLiveViewWhatTheApiSays() throws Exception {
        try (var pipeline = new FakePipeline(perfect)) {
            // given
            var run = new DemoRun(pipeline, OPTIONS, clock);
            run.run();
            var addresses = new Addresses("127.0.0.1:9092", URI.create("http://127.0.0.1:8081"), pipeline.http());

            // when
            var snapshot = new SnapshotSource(addresses, run.progress(), new ApiClient(pipeline.http()), clock).get();

            // then
            var shown = snapshot.pipeline().orElseThrow();
            assertThat(shown.conservation().counted()).isEqualTo(pipeline.oracle.counted);
            assertThat(shown.lag()).isEqualTo(3);
            assertThat(shown.top().get(0).experiment()).isEqualTo("shop/production/cart-layout");
            assertThat(shown.costs()).hasSize(2).anyMatch(line -> line.startsWith("acme USD "));
        }
    }

    @Test
    void showsLittleWhileTheApiDoesNotAnswer() {
        // given
        var nowhere = URI.create("http://127.0.0.1:1");
        var addresses = new Addresses("127.0.0.1:9092", nowhere, nowhere);

        // when
        var snapshot = new SnapshotSource(addresses, new DemoProgress(), new ApiClient(nowhere), clock).get();

        // then
        assertThat(snapshot.pipeline()).isEmpty();
    }
}

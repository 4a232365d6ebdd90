package dev.afterglow.streams.intake;

import static dev.afterglow.streams.intake.IntakeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.testkit.Events;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTopologyTest {

    private final IntakeBench intake = new IntakeBench();

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void countsAnEventOnceWhenItIsSentTwice() {
        // given
        intake.send(Events.event("1", NOON));
        intake.send(Events.event("1", NOON));

        // when
        var deltas = intake.flushDeltas();

        // then
        assertThat(deltas)
                .singleElement()
                .satisfies(
                        message -> assertThat(message.getCounts()).containsExactly(new QuarterCount("blue", NOON, 1L)));
        assertThat(intake.ledger()).satisfies(ledger -> {
            assertThat(ledger.getReceived()).isEqualTo(2);
            assertThat(ledger.getDuplicate()).isEqualTo(1);
            assertThat(ledger.getConflicts()).isZero();
            assertThat(ledger.getNextOffset()).isEqualTo(2);
        });
    }

    @Test
    void countsTheFirstOfTwoEventsOfOneIdAndReportsTheConflict() {
        // given
        intake.send(Events.event("1", NOON));
        intake.send(Events.event("1", NOON).setVariant("green").setCount(5));

        // when
        var deltas = intake.flushDeltas();

        // then
        assertThat(deltas)
                .singleElement()
                .satisfies(
                        message -> assertThat(message.getCounts()).containsExactly(new QuarterCount("blue", NOON, 1L)));
        assertThat(intake.ledger().getConflicts()).isEqualTo(5);
    }

    @Test
    void countsAnIdAgainWhenItsHorizonIsOver() {
        // given
        intake.send(Events.event("1", NOON));
        intake.driver.advance(Duration.ofHours(25));
        intake.send(Events.event("1", NOON));

        // then
        assertThat(IntakeBench.sum(intake.flushDeltas())).isEqualTo(2);
    }

    @Test
    void knowsTheEventsBeforeItsFirstRecordWhenItBeginsInTheMiddleOfALog() {
        // given
        var within = NOON.minus(Duration.ofHours(23));
        var before = NOON.minus(Duration.ofHours(30));
        intake.wasThereBefore(Events.event("1", within).build(), within);
        intake.wasThereBefore(Events.event("2", before).build(), before);

        // when
        intake.send(Events.event("1", within));
        intake.send(Events.event("2", before));
        intake.send(Events.event("3", NOON));

        // then: only what lies within the horizon is known, and it is not received again
        assertThat(IntakeBench.sum(intake.flushDeltas())).isEqualTo(2);
        assertThat(intake.ledger()).satisfies(ledger -> {
            assertThat(ledger.getReceived()).isEqualTo(3);
            assertThat(ledger.getDuplicate()).isEqualTo(1);
        });
    }

    @Test
    void handsOnADeltaOnceOnly() {
        // given
        intake.send(Events.event("1", NOON));
        intake.flush();

        // then
        assertThat(intake.flushDeltas()).isEmpty();
    }

    @Test
    void addsUpByTheQuarterHourInWhichAnEventHappenedHoweverLateItArrives() {
        // given
        var late = NOON.minus(Duration.ofDays(62));
        intake.send(Events.event("1", late));
        intake.send(Events.event("2", NOON));
        intake.send(Events.event("3", NOON.minusMillis(1)));

        // when
        var deltas = intake.flushDeltas();

        // then
        assertThat(deltas)
                .flatExtracting(ExperimentDeltas::getCounts)
                .containsExactlyInAnyOrder(
                        new QuarterCount("blue", late, 1L),
                        new QuarterCount("blue", NOON.minusSeconds(900), 1L),
                        new QuarterCount("blue", NOON, 1L));
    }

    @Test
    void countsHistoryOfAnyAgeThatIsMarkedAsBackfill() {
        // given
        var yearsAgo = Instant.parse("2019-11-24T00:00:00Z");
        intake.send(Events.event("1", yearsAgo).setBackfill(true));

        // then
        assertThat(intake.flushDeltas())
                .singleElement()
                .satisfies(message ->
                        assertThat(message.getCounts()).containsExactly(new QuarterCount("blue", yearsAgo, 1L)));
    }

    @Test
    void weighsAnEventByItsCount() {
        // given
        intake.send(Events.event("1", NOON).setCount(12));
        intake.send(Events.event("1", NOON).setCount(12));

        // then
        assertThat(IntakeBench.sum(intake.flushDeltas())).isEqualTo(12);
        assertThat(intake.ledger()).satisfies(ledger -> {
            assertThat(ledger.getReceived()).isEqualTo(24);
            assertThat(ledger.getCounted()).isEqualTo(12);
            assertThat(ledger.getDuplicate()).isEqualTo(12);
        });
    }

    @Test
    void countsAClientsSumAsOnePageViewAndTheRestAsRepeats() {
        // given
        intake.policies.add(FakePolicies.shop(1).setCountingPolicy(CountingPolicy.PAGE_IMPRESSION));
        intake.send(Events.event("1", NOON).setPageView("p").setCount(12));

        // then
        assertThat(intake.flushDeltas()).singleElement().satisfies(message -> {
            assertThat(message.getPolicy()).isEqualTo(CountingPolicy.PAGE_IMPRESSION);
            assertThat(message.getCounts()).containsExactly(new QuarterCount("blue", NOON, 1L));
        });
        assertThat(intake.ledger().getExcluded()).isEqualTo(Map.of("REPEAT", 11L));
    }

    @Test
    void excludesAnEnvironmentThatDoesNotCount() {
        // given
        intake.policies.add(FakePolicies.shop(1).setCountedEnvironments(List.of("production")));
        intake.send(Events.event("1", NOON).setEnvironment("staging").setCount(3));

        // then
        assertThat(intake.flushDeltas()).isEmpty();
        assertThat(intake.ledger()).satisfies(ledger -> {
            assertThat(ledger.getExcluded()).isEqualTo(Map.of("ENVIRONMENT", 3L));
            assertThat(ledger.getReceived()).isEqualTo(3);
        });
    }

    @Test
    void excludesWhatThePolicyCallsInternalOrARobotByItsReason() {
        // given
        intake.policies.add(FakePolicies.shop(1)
                .setExcludedUnits(List.of("test-*"))
                .setExcludedUserAgents(List.of("probe"))
                .setExcludeBots(true));
        intake.send(Events.event("1", NOON).setUnit("test-1"));
        intake.send(Events.event("2", NOON).setUserAgent("Our Probe/1.0").setCount(2));
        intake.send(Events.event("3", NOON).setUserAgent("Googlebot/2.1").setCount(4));
        intake.send(Events.event("4", NOON).setUserAgent("Mozilla/5.0"));

        // then
        assertThat(IntakeBench.sum(intake.flushDeltas())).isEqualTo(1);
        assertThat(intake.ledger().getExcluded())
                .isEqualTo(Map.of("INTERNAL_UNIT", 1L, "INTERNAL_AGENT", 2L, "BOT", 4L));
    }

    @Test
    void excludesAFloodOfInventedExperimentsAndRaisesOneAlert() {
        // given
        intake.policies.add(FakePolicies.shop(1).setUnknownExperimentsPerDay(2));
        for (int i = 0; i < 5; i++) {
            intake.send(Events.event("id-" + i, NOON).setExperiment("invented-" + i));
        }

        // then
        assertThat(IntakeBench.sum(intake.flushDeltas())).isEqualTo(2);
        assertThat(intake.ledger().getExcluded()).isEqualTo(Map.of("LIMIT", 3L));
        assertThat(intake.driver.values(intake.topics.operatorAlerts()))
                .singleElement()
                .satisfies(alert -> assertThat(alert.getProject()).isEqualTo("shop"));
    }

    @Test
    void remembersAnIdForTheHoursThatThePolicySays() {
        // given
        intake.policies.add(FakePolicies.shop(1).setDedupeHorizonHours(1));
        intake.send(Events.event("1", NOON));
        intake.driver.advance(Duration.ofHours(1));
        intake.send(Events.event("1", NOON));
        intake.driver.advance(Duration.ofHours(1));
        intake.send(Events.event("1", NOON));

        // then
        intake.flush();
        assertThat(intake.ledger())
                .satisfies(ledger -> assertThat(ledger.getDuplicate()).isEqualTo(1))
                .satisfies(ledger -> assertThat(ledger.getCounted()).isEqualTo(2));
    }

    @Test
    void sendsDeltasToThePartitionOfTheirExperimentAndWhatEveryPartitionIsToKnowWithoutAKey() {
        // given
        intake.send(Events.event("1", NOON).setExperiment("a/b"));

        // when
        var messages = intake.flush();

        // then
        assertThat(messages)
                .allSatisfy(message -> assertThat(message.key())
                        .isEqualTo(
                                message.value().getBody() instanceof DeltaBatch
                                        ? Routes.toPartition(Routes.partitionOf("shop/production/a%2Fb", 4))
                                        : null));
        assertThat(messages)
                .extracting(message -> (Object) message.value().getBody().getClass())
                .containsExactly(DeltaBatch.class, ProjectTraffic.class, Watermark.class);
    }

    @Test
    void reportsTheTrafficOfAProjectOverItsExperiments() {
        // given
        intake.send(Events.event("1", NOON));
        intake.send(Events.event("2", NOON.minusSeconds(1)));
        intake.send(Events.event("3", NOON.minusSeconds(1)).setExperiment("other"));

        // then
        assertThat(intake.flush())
                .extracting(message -> message.value().getBody())
                .filteredOn(ProjectTraffic.class::isInstance)
                .containsExactly(
                        new ProjectTraffic("shop", "production", NOON, 1L),
                        new ProjectTraffic("shop", "production", NOON.minusSeconds(3600), 1L),
                        new ProjectTraffic("shop", "production", NOON.minusSeconds(3600), 1L));
    }

    @Test
    void saysThatItHasReadUpToTheLastArrivalAndNotBeyond() {
        // given
        intake.send(Events.event("1", NOON));
        intake.driver.advance(Duration.ofMillis(500));
        intake.send(Events.event("2", NOON));

        // then another record of that millisecond may follow
        assertThat(intake.flushWatermarks())
                .containsExactly(new Watermark(0, NOON.minusMillis(1)), new Watermark(0, NOON.plusMillis(499)));
        assertThat(intake.flushWatermarks()).isEmpty();
    }

    @Test
    void saysThatADrainedPartitionIsReadUpToThePresent() {
        // given
        intake.drainedAsOf(NOON.plusMillis(700));

        // then
        assertThat(intake.flushWatermarks()).containsExactly(new Watermark(0, NOON.plusMillis(700)));
    }

    @Test
    void saysNothingOfAPartitionOfWhichNothingIsKnown() {
        assertThat(intake.flushWatermarks()).isEmpty();
    }

    @Test
    void sendsTheWatermarkBehindWhatWasReadBeforeIt() {
        // given
        intake.send(Events.event("1", NOON));

        // then
        var messages = intake.flush();
        assertThat(messages.get(messages.size() - 1).value().getBody()).isInstanceOf(Watermark.class);
    }
}

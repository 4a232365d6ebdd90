package dev.afterglow.streams.intake;

import static dev.afterglow.streams.intake.IntakeBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.OperatorAlert;
import dev.afterglow.streams.testkit.Events;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeFloodTest {

    private final IntakeBench intake = new IntakeBench();

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void excludesWhatGoesBeyondTheLimitAndSaysSoOnce() {
        // given
        flood();

        // then
        assertThat(IntakeBench.sum(intake.flushDeltas())).isEqualTo(1);
        assertThat(intake.ledger().getExcluded()).containsEntry("LIMIT", 2L);
        assertThat(intake.driver.values(intake.topics.operatorAlerts()))
                .extracting(OperatorAlert::getStatus)
                .containsExactly(AlertStatus.OPEN);
    }

    @Test
    void endsTheAlertWithTheDayThoughNothingMoreArrives() {
        // given
        flood();
        intake.flush();
        intake.driver.read(intake.topics.operatorAlerts());

        // when
        intake.driver.advance(Duration.ofHours(14));
        intake.drainedAsOf(NOON.plus(Duration.ofHours(14)));
        intake.flush();

        // then
        assertThat(intake.driver.values(intake.topics.operatorAlerts()))
                .extracting(OperatorAlert::getStatus)
                .containsExactly(AlertStatus.RESOLVED);
    }

    private void flood() {
        intake.policies.add(FakePolicies.shop(1).setUnknownExperimentsPerDay(1));
        intake.send(Events.event("1", NOON).setExperiment("a"));
        intake.send(Events.event("2", NOON).setExperiment("b"));
        intake.send(Events.event("3", NOON).setExperiment("c"));
    }
}

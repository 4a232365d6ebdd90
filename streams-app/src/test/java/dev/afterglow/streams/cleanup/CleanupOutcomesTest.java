package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.Resolution;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanupOutcomesTest {

    private static final Instant DAY_2 = NOON.plus(Duration.ofDays(2));
    private static final Instant END = DAY_2.plus(Duration.ofHours(6));
    private static final Instant MEASURED = END.plus(Duration.ofDays(7));
    private static final String KEY = "shop/production/checkout/-";

    private final CleanupBench cleanup = new CleanupBench();

    @BeforeEach
    void openALeftoverThatBeganAtOne() {
        cleanup.policies.add(FakePolicies.shop(1).setWarnAfterDays(2).setCriticalAfterDays(4));
        cleanup.define(Experiments.split(1, NOON.minus(Duration.ofDays(1))));
        cleanup.define(Experiments.full(2, NOON));
        cleanup.traffic(NOON.minusSeconds(900), 3);
        cleanup.traffic(NOON.plusSeconds(900), 4);
        cleanup.traffic(DAY_2.minusSeconds(900), 5);
        cleanup.judgedUpTo(DAY_2);
    }

    @AfterEach
    void close() {
        cleanup.close();
    }

    @Test
    void writesTheOutcomeWithTheEndAndOnceMoreAWeekLater() {
        // given
        restOfTheProject(NOON, MEASURED);

        // when
        archive();
        var provisional = outcomes();
        cleanup.judgedUpTo(MEASURED);
        var measured = outcomes();

        // then
        assertThat(provisional).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(KEY);
            assertThat(record.value())
                    .extracting(
                            ExperimentOutcome::getProvisional,
                            ExperimentOutcome::getResolution,
                            ExperimentOutcome::getClosedAt,
                            ExperimentOutcome::getStartedAt,
                            ExperimentOutcome::getFullRolloutSince,
                            ExperimentOutcome::getImpressions,
                            ExperimentOutcome::getLeftoverImpressions)
                    .containsExactly(true, Resolution.ARCHIVED, END, NOON.minusSeconds(900), NOON, 12L, 9L);
        });
        assertThat(measured).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(KEY);
            assertThat(record.value())
                    .extracting(
                            ExperimentOutcome::getProvisional,
                            ExperimentOutcome::getImpressionsPerDayAfter,
                            ExperimentOutcome::getDaysAfter)
                    .containsExactly(false, 0L, 7);
        });
    }

    @Test
    void knowsNothingOfAWeekInWhichNothingWasHeardOfTheProject() {
        // given
        restOfTheProject(NOON, END);

        // when
        archive();
        outcomes();
        cleanup.judgedUpTo(MEASURED);

        // then
        assertThat(outcomes())
                .singleElement()
                .satisfies(record -> assertThat(record.value())
                        .extracting(
                                ExperimentOutcome::getProvisional,
                                ExperimentOutcome::getImpressionsPerDayAfter,
                                ExperimentOutcome::getDaysAfter)
                        .containsExactly(false, null, null));
    }

    @Test
    void tellsItAgainOnceWhenTrafficOfItsLifeComesLate() {
        // given
        restOfTheProject(NOON, MEASURED);
        archive();
        cleanup.judgedUpTo(MEASURED.plus(Duration.ofHours(1)));
        outcomes();

        // when
        cleanup.traffic(NOON.plusSeconds(900), 5);
        cleanup.traffic(DAY_2.minusSeconds(900), 2);
        cleanup.judgedUpTo(MEASURED.plus(Duration.ofHours(2)));
        assertThat(outcomes()).isEmpty();
        cleanup.judgedUpTo(MEASURED.plus(Duration.ofDays(2)));

        // then
        assertThat(outcomes())
                .singleElement()
                .satisfies(record -> assertThat(record.value())
                        .extracting(
                                ExperimentOutcome::getProvisional,
                                ExperimentOutcome::getImpressions,
                                ExperimentOutcome::getCorrectedAt)
                        .containsExactly(
                                false,
                                19L,
                                MEASURED.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1))));
    }

    @Test
    void takesItBackWhenItIsSwitchedOnAgain() {
        // given
        archive();
        outcomes();
        var on = END.plus(Duration.ofDays(1));

        // when
        cleanup.define(Experiments.split(4, on));
        cleanup.judgedUpTo(on);

        // then
        assertThat(outcomes())
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isNull());
    }

    @Test
    void takesItBackWhenTrafficGoesOn() {
        // given
        archive();
        outcomes();

        // when
        cleanup.traffic(END.plus(Duration.ofHours(3)), 5);
        cleanup.judgedUpTo(END.plus(Duration.ofHours(4)));

        // then
        assertThat(outcomes()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(KEY);
            assertThat(record.value()).isNull();
        });
    }

    @Test
    void writesItAnewWithWhatWasLearned() {
        // given
        archive();
        outcomes();
        var at = END.plus(Duration.ofHours(1));

        // when
        cleanup.driver.pipe(
                cleanup.topics.alertActions(),
                "shop/production/checkout",
                AlertAction.newBuilder()
                        .setAlertId("LEFTOVER_ROLLOUT/shop/production/checkout/-/1")
                        .setSubject("shop/production/checkout")
                        .setAction(ActionKind.DOCUMENTED)
                        .setAt(at)
                        .setBy("ada")
                        .setKeyLearning("green sells")
                        .build());
        cleanup.judgedUpTo(at);

        // then
        assertThat(outcomes())
                .singleElement()
                .satisfies(record -> assertThat(record.value().getKeyLearning()).isEqualTo("green sells"));
        assertThat(cleanup.driver.read(cleanup.topics.deadLetters())).isEmpty();
    }

    private void restOfTheProject(Instant from, Instant to) {
        for (var hour = from; hour.isBefore(to); hour = hour.plusSeconds(3600)) {
            cleanup.projectTraffic("shop", hour, 100);
        }
    }

    private void archive() {
        cleanup.define(Experiments.archived(3, END));
        cleanup.judgedUpTo(END);
    }

    private List<TestRecord<String, ExperimentOutcome>> outcomes() {
        return cleanup.driver.read(cleanup.topics.outcomes());
    }
}

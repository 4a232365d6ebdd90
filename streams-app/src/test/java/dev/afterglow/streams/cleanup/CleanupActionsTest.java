package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertAction;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.Resolution;
import dev.afterglow.streams.deadletter.DeadLetters;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakePolicies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanupActionsTest {

    private static final Instant DAY_2 = NOON.plus(Duration.ofDays(2));
    private static final Instant NIGHT = DAY_2.plus(Duration.ofMinutes(40));
    private static final String LEFTOVER = "LEFTOVER_ROLLOUT/shop/production/checkout/-/1";

    private final CleanupBench cleanup = new CleanupBench();

    @BeforeEach
    void openALeftover() {
        cleanup.policies.add(FakePolicies.shop(1).setWarnAfterDays(2).setCriticalAfterDays(4));
        cleanup.define(Experiments.full(1, NOON));
        cleanup.traffic(DAY_2.minusSeconds(900), 5);
        cleanup.judgedUpTo(DAY_2);
        assertThat(cleanup.alerts()).extracting(CleanupAlert::getAlertId).containsExactly(LEFTOVER);
        cleanup.usage();
        cleanup.driver.values(cleanup.topics.openAlerts());
    }

    @AfterEach
    void close() {
        cleanup.close();
    }

    @Test
    void snoozesAtTheTimeOfTheActionAndWakes() {
        // given
        act(action(ActionKind.SNOOZE, NIGHT).setSnoozeUntil(NIGHT.plus(Duration.ofHours(3))));

        // when
        cleanup.watermark(NIGHT.minusMillis(1));
        assertThat(cleanup.alerts()).isEmpty();
        cleanup.watermark(NIGHT);

        // then
        assertThat(cleanup.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo(AlertStatus.SNOOZED);
            assertThat(alert.getAt()).isEqualTo(NIGHT);
        });
        assertThat(cleanup.driver.values(cleanup.topics.openAlerts()))
                .singleElement()
                .satisfies(open -> assertThat(open.getStatus()).isEqualTo(AlertStatus.SNOOZED));
        cleanup.judgedUpTo(NIGHT.plus(Duration.ofHours(4)));
        assertThat(cleanup.alerts()).extracting(CleanupAlert::getStatus).containsExactly(AlertStatus.OPEN);
    }

    @Test
    void takesAnActionThatIsReadBeforeItsAlert() {
        // given a replay, in which topics are read side by side
        try (var replay = new CleanupBench()) {
            replay.policies.add(FakePolicies.shop(1).setWarnAfterDays(2).setCriticalAfterDays(4));
            replay.driver.pipe(
                    replay.topics.alertActions(),
                    Experiments.CHECKOUT.toString(),
                    action(ActionKind.ACKNOWLEDGE, NIGHT).build());

            // when
            replay.define(Experiments.full(1, NOON));
            replay.traffic(DAY_2.minusSeconds(900), 5);
            replay.judgedUpTo(DAY_2);
            replay.watermark(NIGHT);

            // then
            assertThat(replay.alerts())
                    .extracting(CleanupAlert::getAcknowledgedBy)
                    .containsExactly(null, "ada");
        }
    }

    @Test
    void givesMessagesOfOneStateAndTimeIdsOfTheirOwn() {
        // given a case that has come further than the action
        act(action(ActionKind.ACKNOWLEDGE, DAY_2.minusSeconds(1)));
        cleanup.judgedUpTo(DAY_2);

        // then
        var messages = cleanup.driver.read(cleanup.topics.cleanupAlerts());
        assertThat(messages).singleElement().satisfies(message -> {
            assertThat(message.value().getAt()).isEqualTo(DAY_2);
            assertThat(header(message.headers(), "ce_id")).isEqualTo(LEFTOVER + "/open/" + DAY_2 + "/2");
        });
    }

    @Test
    void billsWhatIsPermanentAsNoLeftoverFromThenOn() {
        // given
        act(action(ActionKind.PERMANENT, NIGHT));
        cleanup.traffic(NIGHT.plus(Duration.ofHours(1)), 7);
        cleanup.traffic(DAY_2, 3);
        assertThat(CleanupBench.sums(cleanup.usage())).containsEntry("default", List.of(10L, 10L));

        // when
        cleanup.watermark(NIGHT);

        // then
        assertThat(cleanup.alerts()).extracting(CleanupAlert::getResolution).containsExactly(Resolution.EXEMPTED);
        assertThat(CleanupBench.sums(cleanup.usage())).containsEntry("default", List.of(0L, -7L));
        cleanup.define(Experiments.full(2, NIGHT.plus(Duration.ofMinutes(30))));
        cleanup.traffic(NIGHT.plus(Duration.ofHours(2)), 4);
        assertThat(CleanupBench.sums(cleanup.usage())).containsEntry("default", List.of(4L, 0L));
    }

    @Test
    void deadLettersAnActionWhoseAlertIsNotOpenWithTheReason() {
        // given
        cleanup.define(Experiments.archived(2, DAY_2.plusSeconds(600)));
        act(action(ActionKind.ACKNOWLEDGE, NIGHT));

        // when
        cleanup.watermark(NIGHT);

        // then
        assertThat(cleanup.driver.readRaw(cleanup.topics.deadLetters()))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(header(letter.headers(), DeadLetters.REASON)).isEqualTo("REFUSED_ACTION");
                    assertThat(header(letter.headers(), DeadLetters.DETAIL)).contains("resolved before");
                    assertThat(header(letter.headers(), DeadLetters.TOPIC)).isEqualTo("t.alert-actions");
                    assertThat(header(letter.headers(), DeadLetters.OFFSET)).isEqualTo("0");
                    assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                            .contains(LEFTOVER);
                });
    }

    @Test
    void deadLettersAnActionThatSaysTooLittleAtOnce() {
        // when
        act(action(ActionKind.SNOOZE, NIGHT));

        // then
        assertThat(cleanup.driver.readRaw(cleanup.topics.deadLetters()))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(header(letter.headers(), DeadLetters.REASON)).isEqualTo("INVALID");
                    assertThat(header(letter.headers(), DeadLetters.DETAIL)).isEqualTo("snoozeUntil: say until when");
                });
    }

    private void act(AlertAction.Builder action) {
        cleanup.driver.pipe(cleanup.topics.alertActions(), Experiments.CHECKOUT.toString(), action.build());
    }

    private static AlertAction.Builder action(ActionKind kind, Instant at) {
        return AlertAction.newBuilder()
                .setAlertId(LEFTOVER)
                .setSubject(Experiments.CHECKOUT.toString())
                .setAction(kind)
                .setAt(at)
                .setBy("ada");
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

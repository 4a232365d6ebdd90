package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Resolution;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakePolicies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanupAlertsTest {

    private static final Instant DAY_2 = NOON.plus(Duration.ofDays(2));
    private static final String LEFTOVER = "LEFTOVER_ROLLOUT/shop/production/checkout/-/1";

    private final CleanupBench cleanup = new CleanupBench();

    @BeforeEach
    void warnAfterTwoDays() {
        cleanup.policies.add(FakePolicies.shop(1).setWarnAfterDays(2).setCriticalAfterDays(4));
    }

    @AfterEach
    void close() {
        cleanup.close();
    }

    @Test
    void opensALeftoverWhenItsDaysAreOver() {
        // given
        cleanup.define(Experiments.full(1, NOON));
        cleanup.traffic(DAY_2.minusSeconds(900), 5);

        // when, then
        cleanup.judgedUpTo(DAY_2.minusSeconds(3600));
        assertThat(cleanup.alerts()).isEmpty();
        cleanup.judgedUpTo(DAY_2);
        assertThat(cleanup.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo(LEFTOVER);
            assertThat(alert.getStatus()).isEqualTo(AlertStatus.OPEN);
            assertThat(alert.getAt()).isEqualTo(DAY_2);
            assertThat(alert.getTeam()).isEqualTo("growth");
            assertThat(alert.getEvidence().getImpressionsSince()).isEqualTo(5);
            assertThat(alert.getEvidence().getSince()).isEqualTo(NOON);
        });
    }

    @Test
    void saysWhatClientsSpentInTheLastDay() {
        // given
        cleanup.define(Experiments.full(1, NOON));
        cleanup.traffic(DAY_2.minusSeconds(90_000), 5);
        cleanup.overhead(DAY_2.minusSeconds(90_000), 1_000, 1_000);
        cleanup.traffic(DAY_2.minusSeconds(86_400), 5);
        cleanup.overhead(DAY_2.minusSeconds(86_400), 20, 300);
        cleanup.traffic(DAY_2.minusSeconds(900), 5);
        cleanup.overhead(DAY_2.minusSeconds(900), 4, 50);
        cleanup.traffic(DAY_2.minusSeconds(900), 5);

        // when
        cleanup.judgedUpTo(DAY_2);

        // then
        assertThat(cleanup.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getEvidence().getOverheadMicrosPerDay()).isEqualTo(24);
            assertThat(alert.getEvidence().getOverheadBytesPerDay()).isEqualTo(350);
        });
    }

    @Test
    void keepsWhatClientsSpentWhenHistoryIsJudgedAnew() {
        // given
        cleanup.traffic(DAY_2.minusSeconds(900), 5);
        cleanup.overhead(DAY_2.minusSeconds(900), 4, 50);

        // when
        cleanup.define(Experiments.full(1, NOON));
        cleanup.judgedUpTo(DAY_2);

        // then
        assertThat(cleanup.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.getEvidence().getOverheadMicrosPerDay())
                        .isEqualTo(4));
    }

    @Test
    void saysNothingOfWhatClientsSpentWhereTheySayNothing() {
        // given
        cleanup.define(Experiments.full(1, NOON));
        cleanup.traffic(DAY_2.minusSeconds(900), 5);
        cleanup.overhead(DAY_2.minusSeconds(7_200), 4, 50);

        // when
        cleanup.judgedUpTo(DAY_2);

        // then: of an hour without impressions there is nothing to say either
        assertThat(cleanup.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.getEvidence().getOverheadMicrosPerDay())
                        .isNull());
    }

    @Test
    void waitsForTheWatermarkToBeTheSettleTimePastTheHour() {
        // given
        cleanup.define(Experiments.full(1, NOON));
        cleanup.traffic(DAY_2.minusSeconds(900), 5);

        // when, then
        cleanup.watermark(DAY_2.plus(CleanupBench.SETTLE).minusMillis(1));
        assertThat(cleanup.alerts()).isEmpty();
        cleanup.watermark(DAY_2.plus(CleanupBench.SETTLE));
        assertThat(cleanup.alerts()).hasSize(1);
    }

    @Test
    void sendsAnAlertWithTheHeadersOfCloudEventsAndItsNewestState() {
        // when
        openLeftover();

        // then
        assertThat(cleanup.driver.read(cleanup.topics.cleanupAlerts()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo("shop/production/checkout");
                    assertThat(texts(record.headers()))
                            .isEqualTo(Map.of(
                                    "ce_specversion", "1.0",
                                    "ce_id", LEFTOVER + "/open/2026-11-05T12:00:00Z/1",
                                    "ce_source", "/afterglow/cleanup",
                                    "ce_type", "dev.afterglow.leftover-rollout.open",
                                    "ce_subject", "shop/production/checkout",
                                    "ce_time", "2026-11-05T12:00:00Z",
                                    "content-type", "application/avro"));
                });
        assertThat(cleanup.driver.read(cleanup.topics.openAlerts()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo(LEFTOVER);
                    assertThat(record.value().getCleanup().getAlertId()).isEqualTo(LEFTOVER);
                });
    }

    @Test
    void resolvesALeftoverThatIsArchivedAndBuriesItsNewestState() {
        // given
        openLeftover();
        cleanup.alerts();
        cleanup.driver.read(cleanup.topics.openAlerts());

        // when
        cleanup.define(Experiments.archived(2, DAY_2.plusSeconds(60)));
        cleanup.judgedUpTo(DAY_2.plusSeconds(3600));

        // then
        assertThat(cleanup.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getStatus()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(alert.getResolution()).isEqualTo(Resolution.ARCHIVED);
            assertThat(alert.getAt()).isEqualTo(DAY_2.plusSeconds(60));
        });
        assertThat(cleanup.driver.read(cleanup.topics.openAlerts()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo(LEFTOVER);
                    assertThat(record.value()).isNull();
                });
    }

    @Test
    void resolvesALeftoverWhoseTrafficStoppedWhileItsProjectFlows() {
        // given
        openLeftover();
        cleanup.alerts();
        var other = new ExperimentKey("shop", "production", "other");
        for (int hour = 0; hour < 30; hour++) {
            cleanup.traffic(other, DAY_2.plus(Duration.ofHours(hour)), 5);
        }

        // when
        cleanup.judgedUpTo(DAY_2.plus(Duration.ofHours(30)));

        // then
        assertThat(cleanup.alerts()).first().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo(LEFTOVER);
            assertThat(alert.getResolution()).isEqualTo(Resolution.TRAFFIC_STOPPED);
            assertThat(alert.getAt()).isEqualTo(DAY_2.plus(Duration.ofHours(24)));
        });
    }

    @Test
    void opensAnAlertForWhatNobodyHasDefinedAndResolvesItWhenSomebodyDoes() {
        // given
        for (int hour = 0; hour < 25; hour++) {
            cleanup.traffic(NOON.plus(Duration.ofHours(hour)), 5);
        }

        // when
        cleanup.judgedUpTo(NOON.plus(Duration.ofHours(25)));
        cleanup.define(Experiments.split(1, NOON.plus(Duration.ofHours(26))));
        cleanup.judgedUpTo(NOON.plus(Duration.ofHours(26)));

        // then
        var alerts = cleanup.alerts();
        assertThat(alerts).extracting(CleanupAlert::getKind).containsOnly(CleanupKind.UNKNOWN_EXPERIMENT);
        assertThat(alerts).extracting(CleanupAlert::getStatus).containsExactly(AlertStatus.OPEN, AlertStatus.RESOLVED);
        assertThat(alerts.get(0).getAt()).isEqualTo(NOON.plus(Duration.ofHours(25)));
        assertThat(alerts.get(1).getResolution()).isEqualTo(Resolution.DEFINED);
    }

    @Test
    void holdsALeftoverWhoseWholeProjectIsSilent() {
        // given
        openLeftover();
        cleanup.alerts();

        // when
        cleanup.judgedUpTo(DAY_2.plus(Duration.ofHours(40)));

        // then
        assertThat(cleanup.alerts()).isEmpty();
    }

    @Test
    void escalatesALeftoverThatStaysAndSaysEachChangeOnce() {
        // given
        cleanup.define(Experiments.full(1, NOON));
        for (int hour = 1; hour < 24 * 5; hour++) {
            var at = NOON.plus(Duration.ofHours(hour));
            cleanup.traffic(at.minusSeconds(900), 5);
            cleanup.judgedUpTo(at);
        }

        // then
        assertThat(cleanup.alerts())
                .extracting(CleanupAlert::getStatus)
                .containsExactly(AlertStatus.OPEN, AlertStatus.ESCALATED);
    }

    @Test
    void opensAZombieWhenAnArchivedExperimentIsStillEvaluatedAfterTheGrace() {
        // given
        cleanup.define(Experiments.split(1, NOON));
        cleanup.define(Experiments.archived(2, NOON.plusSeconds(3600)));

        // when traffic within the grace of two hours, and one quarter-hour after it
        cleanup.traffic(NOON.plus(Duration.ofMinutes(165)), 5);
        cleanup.judgedUpTo(NOON.plus(Duration.ofHours(3)));
        assertThat(cleanup.alerts()).isEmpty();
        cleanup.traffic(NOON.plus(Duration.ofHours(3)), 1);
        cleanup.judgedUpTo(NOON.plus(Duration.ofHours(4)));

        // then
        assertThat(cleanup.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getKind()).isEqualTo(CleanupKind.ZOMBIE_TRAFFIC);
            assertThat(alert.getEvidence().getImpressionsSince()).isEqualTo(1);
        });
    }

    @Test
    void judgesWhatArrivesLateTogetherWithTheNextWatermark() {
        // given an archived experiment, judged up to a time at which nothing was known
        cleanup.define(Experiments.archived(1, NOON.minus(Duration.ofDays(3))));
        cleanup.judgedUpTo(NOON.plus(Duration.ofHours(5)));

        // when
        cleanup.traffic(NOON, 3);
        cleanup.traffic(NOON.plusSeconds(3600), 4);
        assertThat(cleanup.alerts()).isEmpty();
        cleanup.watermark(
                NOON.plus(Duration.ofHours(5)).plus(CleanupBench.SETTLE).plusSeconds(1));

        // then
        assertThat(cleanup.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getKind()).isEqualTo(CleanupKind.ZOMBIE_TRAFFIC);
            assertThat(alert.getAt()).isEqualTo(NOON.plus(Duration.ofHours(5)));
            assertThat(alert.getEvidence().getImpressionsSince()).isEqualTo(7);
        });
    }

    @Test
    void judgesAgainWhatAChangedPolicyTouches() {
        // given
        cleanup.define(Experiments.full(1, NOON));
        cleanup.traffic(NOON.plusSeconds(900), 5);
        cleanup.judgedUpTo(NOON.plusSeconds(7200));

        // when
        cleanup.policies.add(FakePolicies.shop(1).setWarnAfterDays(0));
        cleanup.driver.advance(Duration.ofSeconds(1));

        // then
        assertThat(cleanup.alerts()).extracting(CleanupAlert::getStatus).containsExactly(AlertStatus.OPEN);
    }

    @Test
    void survivesATimeThatWasGivenInMicroseconds() {
        // given
        cleanup.define(Experiments.full(1, Instant.ofEpochMilli(NOON.toEpochMilli() * 1000)));

        // when
        cleanup.judgedUpTo(NOON);
        openLeftover(2);

        // then
        assertThat(cleanup.alerts()).hasSize(1);
    }

    @Test
    void deadLettersADefinitionUnderTheKeyOfAnother() {
        // when
        cleanup.driver.pipe(
                cleanup.topics.experiments(),
                "shop/production/other",
                Experiments.full(1, NOON).build());

        // then
        assertThat(cleanup.driver.readRaw(cleanup.topics.deadLetters()))
                .singleElement()
                .satisfies(letter -> assertThat(texts(letter.headers())).containsEntry("afterglow.reason", "INVALID"));
    }

    private void openLeftover() {
        openLeftover(1);
    }

    private void openLeftover(long version) {
        cleanup.define(Experiments.full(version, NOON));
        cleanup.traffic(DAY_2.minusSeconds(900), 5);
        cleanup.judgedUpTo(DAY_2);
    }

    private static Map<String, String> texts(Headers headers) {
        var texts = new TreeMap<String, String>();
        headers.forEach(header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return texts;
    }
}

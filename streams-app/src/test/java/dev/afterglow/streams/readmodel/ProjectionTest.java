package dev.afterglow.streams.readmodel;

import static dev.afterglow.streams.readmodel.FilledReadModel.TOPICS;
import static dev.afterglow.streams.readmodel.Samples.BUTTON;
import static dev.afterglow.streams.readmodel.Samples.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.alerts.operators.OperatorAlerts;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectionTest {

    @TempDir
    Path directory;

    private FilledReadModel model;

    @BeforeEach
    void open() {
        model = new FilledReadModel(directory);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void replacesACountInsteadOfAddingIt() {
        // given
        count(BUTTON, HOUR, "on", 5);

        // when
        count(BUTTON, HOUR, "on", 7);

        // then
        try (var view = model.view()) {
            assertThat(view.impressions(BUTTON)).contains(7L);
        }
    }

    @Test
    void sumsOverHoursAndVariants() {
        // when
        count(BUTTON, HOUR, "on", 5);
        count(BUTTON, HOUR, "off", 3);
        count(BUTTON, HOUR.plus(Duration.ofHours(1)), "on", 2);

        // then
        try (var view = model.view()) {
            assertThat(view.impressions(BUTTON)).contains(10L);
            assertThat(view.impressionsByVariant(BUTTON)).isEqualTo(Map.of("off", 3L, "on", 7L));
        }
    }

    @Test
    void seesEarlierWritesOfTheSameBatch() {
        // when
        var key = Samples.countKey(BUTTON, HOUR, "on");
        try (var batch = model.store().batch()) {
            model.put(batch, TOPICS.impressions(), key, Samples.count(BUTTON, HOUR, "on", 5, 1));
            model.put(batch, TOPICS.impressions(), key, Samples.count(BUTTON, HOUR, "on", 9, 2));
            model.store().commit(batch);
        }

        // then
        try (var view = model.view()) {
            assertThat(view.impressions(BUTTON)).contains(9L);
        }
    }

    @Test
    void forgetsAnExperimentWithItsLastCount() {
        // given
        count(BUTTON, HOUR, "on", 5);

        // when
        model.put(TOPICS.impressions(), Samples.countKey(BUTTON, HOUR, "on"), null);

        // then
        try (var view = model.view()) {
            assertThat(view.impressionsByExperiment()).isEmpty();
        }
    }

    @Test
    void forgetsAVariantWithItsLastCount() {
        // given
        count(BUTTON, HOUR, "on", 5);
        count(BUTTON, HOUR, "off", 3);

        // when
        model.put(TOPICS.impressions(), Samples.countKey(BUTTON, HOUR, "on"), null);

        // then
        try (var view = model.view()) {
            assertThat(view.impressionsByVariant(BUTTON)).isEqualTo(Map.of("off", 3L));
            assertThat(view.impressions(BUTTON)).contains(3L);
        }
    }

    @Test
    void keepsExperimentsApartWhoseKeysBeginAlike() {
        // given
        var longer = new ExperimentKey("shop", "production", "button/2%");
        count(BUTTON, HOUR, "on", 5);
        count(longer, HOUR, "a/b", 3);

        // when, then
        try (var view = model.view()) {
            assertThat(view.hours(BUTTON)).hasSize(1);
            assertThat(view.impressionsByVariant(longer)).isEqualTo(Map.of("a/b", 3L));
        }
    }

    @Test
    void judgesByTheDefinitionInForce() {
        // given
        define(1, HOUR);
        define(3, HOUR.plusSeconds(10));
        define(2, HOUR.plusSeconds(10));
        define(4, HOUR.plusSeconds(20));

        // when, then
        try (var view = model.view()) {
            assertThat(view.definition(BUTTON, HOUR.minusMillis(1))).isEmpty();
            assertThat(view.definition(BUTTON, HOUR.plusSeconds(10)))
                    .map(ExperimentDefinition::getVersion)
                    .contains(3L);
            assertThat(view.definitions(HOUR.plusSeconds(19))
                            .get(BUTTON.toString())
                            .getVersion())
                    .isEqualTo(3L);
        }
    }

    @Test
    void keepsTheNewestMessageOfAnAlertAndItsHistory() {
        // given
        model.put(TOPICS.cleanupAlerts(), BUTTON.toString(), Samples.cleanupAlert("a", AlertStatus.OPEN, HOUR));

        // when
        model.put(
                TOPICS.cleanupAlerts(),
                BUTTON.toString(),
                Samples.cleanupAlert("a", AlertStatus.RESOLVED, HOUR.plusSeconds(1)));

        // then
        try (var view = model.view()) {
            assertThat(view.alerts()).extracting(AlertMessage::status).containsExactly(AlertStatus.RESOLVED);
            assertThat(view.history("a"))
                    .extracting(AlertMessage::status)
                    .containsExactly(AlertStatus.OPEN, AlertStatus.RESOLVED);
        }
    }

    @Test
    void showsAnOpenAlertWhoseMessageHasExpired() {
        // given
        model.put(TOPICS.openAlerts(), "old", Samples.open(Samples.cleanupAlert("old", AlertStatus.OPEN, HOUR)));

        // when, then
        try (var view = model.view()) {
            assertThat(view.alerts()).extracting(AlertMessage::alertId).containsExactly("old");
        }
    }

    @Test
    void showsOperatorAlertsBesideTheOthers() {
        // given
        var alert = OperatorAlerts.conservation("evaluations/3", "1 is missing", Map.of(), HOUR);

        // when
        model.put(TOPICS.operatorAlerts(), "evaluations/3", alert);
        model.put(
                TOPICS.openAlerts(),
                alert.getAlertId(),
                OperatorAlerts.newest(alert).orElseThrow());

        // then
        try (var view = model.view()) {
            assertThat(view.alerts()).extracting(AlertMessage::message).containsExactly(alert);
            assertThat(view.openAlerts()).extracting(AlertMessage::message).containsExactly(alert);
            assertThat(view.history("conservation/evaluations/3"))
                    .extracting(AlertMessage::subject)
                    .containsExactly("evaluations/3");
        }
    }

    @Test
    void closesAnOpenAlertByItsTombstone() {
        // given
        model.put(TOPICS.openAlerts(), "a", Samples.open(Samples.cleanupAlert("a", AlertStatus.OPEN, HOUR)));

        // when
        model.put(TOPICS.openAlerts(), "a", null);

        // then
        try (var view = model.view()) {
            assertThat(view.openAlerts()).isEmpty();
        }
    }

    @Test
    void refusesATombstoneInALog() {
        // when, then
        assertThatThrownBy(() -> model.put(TOPICS.cleanupAlerts(), BUTTON.toString(), null))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void answersFromOneInstantWhileMoreIsWritten() {
        // given
        count(BUTTON, HOUR, "on", 5);

        // when
        try (var view = model.view()) {
            count(BUTTON, HOUR, "on", 6);

            // then
            assertThat(view.impressions(BUTTON)).contains(5L);
        }
    }

    private void count(ExperimentKey experiment, Instant hour, String variant, long count) {
        model.put(
                TOPICS.impressions(),
                Samples.countKey(experiment, hour, variant),
                Samples.count(experiment, hour, variant, count, 1));
    }

    private void define(long version, Instant from) {
        model.put(TOPICS.experiments(), BUTTON.toString(), Samples.definition(BUTTON, version, from));
    }
}

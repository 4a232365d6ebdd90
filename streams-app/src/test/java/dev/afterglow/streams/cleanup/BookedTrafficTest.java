package dev.afterglow.streams.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.money.ProjectAccounts;
import dev.afterglow.schemas.serde.StateSerde;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.HourTraffic;
import dev.afterglow.state.VariantQuarters;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookedTrafficTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final ExperimentKey KEY = new ExperimentKey("shop", "production", "checkout");

    private final TrafficBook book =
            new TrafficBook(HeapStores.keyValue(StateSerde.of(HourTraffic.class)), HeapStores.keyValue(Serdes.Long()));
    private final BookedTraffic traffic = new BookedTraffic(book, new RunningSums(), KEY, ProjectAccounts.NONE);

    @Test
    void sumsTheQuarterHoursFromOneToBeforeAnother() {
        // given
        put(KEY, NOON, 1, 2, 4, 8);
        put(KEY, NOON.plusSeconds(3600), 16, 32, 64, 128);

        // then
        assertThat(traffic.impressions(NOON.plusSeconds(900), NOON.plusSeconds(3600 + 900)))
                .isEqualTo(2 + 4 + 8 + 16);
        assertThat(traffic.impressions(NOON, NOON)).isZero();
    }

    @Test
    void doesNotTakeTheTrafficOfAnExperimentWithALongerName() {
        // given
        put(new ExperimentKey("shop", "production", "checkout-2"), NOON, 5, 0, 0, 0);
        put(new ExperimentKey("shop", "production", "checkout/2"), NOON, 5, 0, 0, 0);

        // then
        assertThat(traffic.impressions(NOON.minus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(1))))
                .isZero();
        assertThat(traffic.lastTraffic(NOON.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void findsTheEndOfTheLastQuarterHourWithTraffic() {
        // given
        put(KEY, NOON, 1, 0, 3, 0);
        put(KEY, NOON.plusSeconds(3600), 0, 0, 0, 0);

        // then
        assertThat(traffic.lastTraffic(NOON.plusSeconds(7200))).hasValue(NOON.plusSeconds(2700));
        assertThat(traffic.lastTraffic(NOON.plusSeconds(1800))).hasValue(NOON.plusSeconds(900));
        assertThat(traffic.lastTraffic(NOON)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, true", "19, false", "0, false"})
    void flowsWhenTheOtherTrafficRunsAtAFifthOfItsUsualRate(long recent, boolean flows) {
        // given 100 a day for a week
        for (int day = 2; day <= 8; day++) {
            project(NOON.minus(Duration.ofDays(day)), 100);
        }
        if (recent > 0) {
            project(NOON.minus(Duration.ofHours(1)), recent);
        }

        // then
        assertThat(traffic.projectFlows(NOON)).isEqualTo(flows);
    }

    @Test
    void doesNotTakeItsOwnTrafficForThatOfOthers() {
        // given
        put(KEY, NOON.minus(Duration.ofHours(1)), 50, 0, 0, 0);
        project(NOON.minus(Duration.ofHours(1)), 50);

        // then
        assertThat(traffic.projectFlows(NOON)).isFalse();
    }

    @Test
    void flowsWithAnyTrafficInAProjectThatIsYoungerThanADay() {
        // given
        project(NOON.minus(Duration.ofHours(1)), 1);

        // then
        assertThat(traffic.projectFlows(NOON)).isTrue();
    }

    @Test
    void measuresTheUsualRateFromWhenTheProjectBegan() {
        // given 100 an hour for the two hours before the last day: 480 in a day would be a fifth of that rate
        project(NOON.minus(Duration.ofHours(26)), 100);
        project(NOON.minus(Duration.ofHours(25)), 100);
        project(NOON.minus(Duration.ofHours(2)), 479);

        // then
        assertThat(traffic.projectFlows(NOON)).isFalse();
        project(NOON.minus(Duration.ofHours(2)), 1);
        assertThat(traffic.projectFlows(NOON)).isTrue();
    }

    private void project(Instant hour, long count) {
        book.addToProject("shop", "production", hour, count);
    }

    private void put(ExperimentKey experiment, Instant hour, long... quarters) {
        var list = List.of(quarters[0], quarters[1], quarters[2], quarters[3]);
        book.put(experiment, hour, new HourTraffic(List.of(new VariantQuarters("blue", list)), "default", 0, 0L, 0L));
    }
}

package dev.afterglow.alerts.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ImpressionCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedTrafficTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    @Test
    void knowsNothingOfAnExperimentWithoutCounts() {
        // given
        var traffic = CountedTraffic.of(List.of());

        // then
        assertThat(traffic.impressions(NOON, NOON.plusSeconds(3600))).isZero();
        assertThat(traffic.stretchStart(NOON)).isEmpty();
        assertThat(traffic.lastTraffic(NOON)).isEmpty();
        assertThat(traffic.hourEnds()).isEmpty();
    }

    @Test
    void addsUpTheVariantsOfAnHour() {
        // given
        var traffic = CountedTraffic.of(List.of(count("blue", NOON, 1, 0, 2, 0), count("green", NOON, 4, 0, 0, 0)));

        // then
        assertThat(traffic.impressions(NOON, NOON.plusSeconds(900))).isEqualTo(5);
        assertThat(traffic.impressions(NOON.plusSeconds(900), NOON.plusSeconds(3600)))
                .isEqualTo(2);
        assertThat(traffic.hourEnds()).containsExactly(NOON.plusSeconds(3600));
    }

    @Test
    void tellsVariantsApart() {
        // given
        var traffic = CountedTraffic.of(List.of(
                count("blue", NOON, 1, 0, 2, 0), count("green", NOON, 4, 0, 0, 0), count("red", NOON, 0, 0, 0, 5)));

        // then
        assertThat(traffic.impressionsByVariant(NOON, NOON.plusSeconds(2700), 1))
                .isEqualTo(Map.of("blue", 3L, "green", 4L));
        assertThat(traffic.impressionsByVariant(NOON.plusSeconds(900), NOON.plusSeconds(3600), 1))
                .isEqualTo(Map.of("blue", 2L, "red", 5L));
    }

    @Test
    void endsAStretchWhereThereWasNothingForADay() {
        // given a gap of 24 hours, and one that is a quarter-hour shorter
        var second = NOON.plus(Duration.ofDays(1)).plusSeconds(900);
        var third = second.plus(Duration.ofDays(1));
        var traffic = CountedTraffic.of(List.of(count("blue", NOON, 1, 0, 0, 0), quarter(second), quarter(third)));

        // then
        assertThat(traffic.stretchStart(second)).hasValue(NOON);
        assertThat(traffic.stretchStart(third.plusSeconds(1))).hasValue(second);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersAsOneWhoGoesThroughAllOfIt(long seed) {
        // given
        var random = new Random(seed);
        var log = new TrafficLog();
        var hours = new TreeMap<Instant, long[]>();
        for (var left = random.nextInt(150); left > 0; left--) {
            var quarter = NOON.plus(UtcGrid.QUARTER.multipliedBy(random.nextInt(3_000)));
            long count = 1 + random.nextInt(9);
            log.add(quarter, count);
            var hour = UtcGrid.floorHour(quarter);
            hours.computeIfAbsent(hour, first -> new long[4])[
                    (int) (Duration.between(hour, quarter).toMinutes() / 15)] += count;
        }
        var counts = new ArrayList<ImpressionCount>();
        hours.forEach((hour, quarters) -> counts.add(count("blue", hour, quarters)));
        var traffic = CountedTraffic.of(counts);

        // then
        for (var at = NOON; at.isBefore(NOON.plus(Duration.ofDays(32))); at = at.plus(UtcGrid.QUARTER)) {
            var later = at.plus(UtcGrid.QUARTER.multipliedBy(1 + random.nextInt(200)));
            assertThat(traffic.impressions(at, later)).isEqualTo(log.impressions(at, later));
            assertThat(traffic.stretchStart(at)).isEqualTo(log.stretchStart(at));
            assertThat(traffic.lastTraffic(at)).isEqualTo(log.lastTraffic(at));
        }
        assertThat(traffic.hourEnds())
                .containsExactlyElementsOf(
                        hours.keySet().stream().map(UtcGrid::nextHour).toList());
    }

    private static ImpressionCount quarter(Instant quarter) {
        var quarters = new long[4];
        var hour = UtcGrid.floorHour(quarter);
        quarters[(int) (Duration.between(hour, quarter).toMinutes() / 15)] = 1;
        return count("blue", hour, quarters);
    }

    private static ImpressionCount count(String variant, Instant hour, long... quarters) {
        return ImpressionCount.newBuilder()
                .setProject("shop")
                .setEnvironment("production")
                .setExperiment("checkout-cta")
                .setVariant(variant)
                .setHour(hour)
                .setQuarters(List.of(quarters[0], quarters[1], quarters[2], quarters[3]))
                .setCount(quarters[0] + quarters[1] + quarters[2] + quarters[3])
                .setPolicy(CountingPolicy.EVALUATION)
                .setRevision(1)
                .build();
    }
}

package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentState;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Thirty days of traffic that wobbles round the number of impressions a day from which an alert opens. */
class WobbleTest {

    private static final int DAYS = 30;

    private record Wobble(String name, long minimum, long seed) {

        @Override
        public String toString() {
            return name + " round " + minimum + " a day, seed " + seed;
        }

        Desk desk() {
            var desk = new Desk()
                    .under(policy(p ->
                            p.setMinimumImpressions(minimum).setWarnAfterDays(0).setCriticalAfterDays(99)));
            return switch (name) {
                case "zombie" -> desk.define(split(1, day(-9)), inState(2, START, ExperimentState.ARCHIVED));
                case "leftover" -> desk.define(full(1, START));
                case "decided" -> desk.define(Fixtures.definition(1, START, b -> b.setDecision(Decision.ROLL_BACK)));
                default -> desk;
            };
        }
    }

    static Stream<Wobble> wobbles() {
        return Stream.of("zombie", "leftover", "decided", "unknown")
                .flatMap(name -> Stream.of(1L, 2L, 5L, 100L, 5_000L)
                        .flatMap(minimum -> IntStream.range(0, 8).mapToObj(seed -> new Wobble(name, minimum, seed))));
    }

    @ParameterizedTest
    @MethodSource("wobbles")
    void isToldOfOnceAndResolvedOnceAtMost(Wobble wobble) {
        // given
        var desk = wobble.desk();
        var random = new Random(wobble.seed);
        for (var hour = hourOnDay(0); hour.isBefore(hourOnDay(DAYS)); hour = hour.plusSeconds(3600)) {
            // As many in a day as it takes, give or take what chance does: of few that is as much as all of them.
            long count = IntStream.range(0, (int) Math.min(wobble.minimum, 100))
                            .filter(one -> random.nextInt(24) == 0)
                            .count()
                    * Math.max(1, wobble.minimum / 100);
            if (count > 0) {
                desk.traffic.add(hour, count);
            }
        }

        // when
        judge(desk);

        // then
        assertThat(with(desk, AlertStatus.OPEN)).hasSizeLessThanOrEqualTo(1);
        assertThat(with(desk, AlertStatus.RESOLVED)).hasSizeLessThanOrEqualTo(1);
        assertThat(desk.alerts).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void isPutToTheTestByTrafficThatOpensAlertsAndByDaysWithout() {
        var opened = wobbles().filter(wobble -> {
            var desk = wobble.desk();
            desk.traffic.hourly(hourOnDay(2), hourOnDay(9), Math.max(1, wobble.minimum / 24 + 1));
            judge(desk);
            return with(desk, AlertStatus.OPEN).size() == 1;
        });

        assertThat(opened).hasSameSizeAs(wobbles().toList());
    }

    @Test
    void isToldOfAgainWhenItIsWorthIt() {
        // given
        var desk = new Wobble("zombie", 3, 0).desk();
        desk.traffic.add(hourOnDay(1), 3).add(hourOnDay(4), 17).add(hourOnDay(8), 18);

        // when
        judge(desk);

        // then
        assertThat(with(desk, AlertStatus.OPEN))
                .extracting(CleanupAlert::getAt)
                .containsExactly(
                        hourOnDay(1).plus(Duration.ofHours(1)), hourOnDay(8).plus(Duration.ofHours(1)));
    }

    private static void judge(Desk desk) {
        for (var hour = hourOnDay(0); !hour.isAfter(hourOnDay(DAYS)); hour = hour.plusSeconds(3600)) {
            desk.judge(hour);
        }
    }

    private static List<CleanupAlert> with(Desk desk, AlertStatus status) {
        return desk.alerts.stream().filter(alert -> alert.getStatus() == status).toList();
    }
}

package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CleanupKind;
import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentState;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thirty days of traffic that goes up and down between nothing and a little more than the minimum of the policy as badly as
 * it can: bursts up to the most that opens no alert a second time, and silences that resolve one, judged hour by hour.
 * {@link WobbleTest} does the same by chance. {@code -Dafterglow.noise=100} takes so many seeds for each policy.
 */
class NoiseTest {

    private static final int DAYS = 30;
    private static final int HOURS_OF_DAY = 24;
    private static final int SEEDS = Integer.getInteger("afterglow.noise", 3);

    /** In 24 h beyond the minimum: one more opens an alert again. */
    private static final int MOST_MORE = 14;

    private record Noise(CleanupKind kind, int warnAfterDays, int criticalAfterDays, int minimum) {

        /** It is as the kind says from the start on. */
        Desk desk(long seed) {
            var desk = new Desk()
                    .under(policy(p -> p.setMinimumImpressions(minimum)
                            .setWarnAfterDays(warnAfterDays)
                            .setCriticalAfterDays(criticalAfterDays)));
            switch (kind) {
                case ZOMBIE_TRAFFIC -> desk.define(split(1, day(-9)), inState(2, START, ExperimentState.ARCHIVED));
                case LEFTOVER_ROLLOUT -> desk.define(full(1, START));
                case DECIDED_BUT_RUNNING ->
                    desk.define(Fixtures.definition(1, START, b -> b.setDecision(Decision.ROLL_BACK)));
                case REACTIVATED -> desk.define(inState(1, day(-9), ExperimentState.ARCHIVED), split(2, START));
                default -> {
                    // Nobody has defined it.
                }
            }
            traffic(desk.traffic, new Random(seed));
            return desk;
        }

        private void traffic(TrafficLog traffic, Random random) {
            var hours = new long[DAYS * HOURS_OF_DAY];
            long lastDay = 0;
            for (int hour = 0, silentUntil = 0; hour < hours.length; hour++) {
                lastDay -= hour < HOURS_OF_DAY ? 0 : hours[hour - HOURS_OF_DAY];
                if (hour >= silentUntil && random.nextInt(30) == 0) {
                    silentUntil = hour + 20 + random.nextInt(30);
                }
                if (hour >= silentUntil && random.nextInt(3) == 0) {
                    hours[hour] = random.nextInt((int) (minimum + MOST_MORE - lastDay) + 1);
                    lastDay += hours[hour];
                }
                if (hours[hour] > 0) {
                    traffic.add(hourOnDay(0).plus(Duration.ofHours(hour)), hours[hour]);
                }
            }
        }
    }

    static Stream<Noise> noises() {
        return Stream.of(
                        CleanupKind.LEFTOVER_ROLLOUT,
                        CleanupKind.DECIDED_BUT_RUNNING,
                        CleanupKind.ZOMBIE_TRAFFIC,
                        CleanupKind.REACTIVATED,
                        CleanupKind.UNKNOWN_EXPERIMENT)
                .flatMap(kind -> Stream.of(1, 20, 500)
                        .flatMap(minimum -> Stream.of(
                                new Noise(kind, 0, 99, minimum),
                                new Noise(kind, 3, 9, minimum),
                                new Noise(kind, 14, 30, minimum))));
    }

    @ParameterizedTest
    @MethodSource("noises")
    void isToldOfOnceInOneMessageForEachChange(Noise noise) {
        LongStream.range(0, SEEDS).forEach(seed -> {
            // when
            var told = judged(noise, seed).alerts;

            // then
            assertThat(told).as("seed %d", seed).allMatch(alert -> alert.getKind() == noise.kind);
            assertThat(told).as("seed %d", seed).allMatch(alert -> alert.getEpisode() == 1);
            assertThat(told.stream().map(CleanupAlert::getStatus))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(AlertStatus.OPEN, AlertStatus.ESCALATED, AlertStatus.RESOLVED);
        });
    }

    /** What the test above rests on: without the hysteresis these would be told of again. */
    @Test
    void isPutToTheTestByAlertsThatAreResolvedAndWouldOpenAgain() {
        var resolved = noises().map(noise -> judged(noise, 1))
                .filter(desk -> resolvedAt(desk) != null)
                .toList();

        assertThat(resolved.stream().filter(NoiseTest::isEnoughForAFirstAlertAgain))
                .hasSizeGreaterThan(20);
    }

    private static Instant resolvedAt(Desk desk) {
        return desk.alerts.stream()
                .filter(alert -> alert.getStatus() == AlertStatus.RESOLVED)
                .map(CleanupAlert::getAt)
                .findFirst()
                .orElse(null);
    }

    private static boolean isEnoughForAFirstAlertAgain(Desk desk) {
        var least = desk.policies.inForceAt(START).getMinimumImpressions();
        return Stream.iterate(resolvedAt(desk), UtcGrid::nextHour)
                .takeWhile(hour -> !hour.isAfter(hourOnDay(DAYS)))
                .anyMatch(hour -> desk.traffic.impressions(hour.minus(Duration.ofDays(1)), hour) >= least);
    }

    private static Desk judged(Noise noise, long seed) {
        var desk = noise.desk(seed);
        for (var hour = hourOnDay(0); !hour.isAfter(hourOnDay(DAYS)); hour = UtcGrid.nextHour(hour)) {
            desk.judge(hour);
        }
        return desk;
    }
}

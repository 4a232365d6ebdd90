package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import dev.afterglow.streams.year.SimulatedYear;
import dev.afterglow.streams.year.Told;
import dev.afterglow.streams.year.YearFeed.Order;
import dev.afterglow.streams.year.YearOracle;
import dev.afterglow.streams.year.YearOutcomes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A year of many experiments on a real broker, and the stage that judges them killed in it: a subscriber reads the alerts
 * and the outcomes that an independent program finds in the same histories, each message once. {@code -Dafterglow.year} takes more of them.
 */
@ExtendWith(SharedCluster.class)
class YearIT {

    private static final Logger LOGGER = LoggerFactory.getLogger(YearIT.class);
    private static final int EXPERIMENTS = Integer.getInteger("afterglow.year", 30);
    private static final long SEED = 20_270_101;
    /** So much takes the stage several turns, and several commits. */
    private static final int STRETCH_DAYS = 30;

    /** The first ones: a moment that is missed is looked for in the next stretch. */
    private static final int STRETCHES_TO_DIE_IN = 8;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    @EnabledIfSystemProperty(named = Plan.ROUNDS, matches = "\\d+", disabledReason = Plan.LONG_ONLY)
    void tellsWhatTheOracleExpectsThoughKilledWhenAllArrivesInOrder(EmbeddedCluster cluster) throws Exception {
        live(cluster, Order.IN_ORDER, Plan.of("killed in a year that arrives in order", 2, 4, SEED));
    }

    @Test
    void tellsTheSameThoughKilledWhenAllComesInAnyOrderThatIsNotTooLate(EmbeddedCluster cluster) throws Exception {
        live(cluster, Order.OUT_OF_ORDER, Plan.of("killed in a year that arrives out of order", 2, 4, SEED + 1));
    }

    private void live(EmbeddedCluster cluster, Order order, Plan plan) throws Exception {
        // given
        var year = new SimulatedYear(plan.seed(), EXPERIMENTS);
        var fatal = plan.random()
                .ints(0, STRETCHES_TO_DIE_IN)
                .distinct()
                .limit(Math.min(plan.rounds(), STRETCHES_TO_DIE_IN))
                .boxed()
                .collect(Collectors.toSet());
        try (var arena = new YearArena(cluster, directory, year, order, plan.seed())) {
            // when
            int due = 0;
            for (int stretch = 0; stretch * STRETCH_DAYS < SimulatedYear.DAYS; stretch++) {
                int from = stretch * STRETCH_DAYS;
                arena.live(from, Math.min(from + STRETCH_DAYS, SimulatedYear.DAYS));
                due += fatal.contains(stretch) ? 1 : 0;
                if (due > 0) {
                    plan.linger(0, Arena.COMMIT_MS / 2);
                    due -= arena.killInMidTransaction() ? 1 : 0;
                }
            }
            arena.stopAfter(SimulatedYear.DAYS - 1);

            // then
            var alerts = arena.alerts();
            var outcomes = arena.outcomes();
            var expected = YearOracle.expected(year);
            assertThat(alerts.stream().map(alert -> Told.of(alert.value())).sorted())
                    .as("seed %d", plan.seed())
                    .containsExactlyElementsOf(expected);
            mustBeInOrder(alerts, plan);
            assertThat(outcomes)
                    .as("outcomes, seed %d", plan.seed())
                    .containsExactlyEntriesOf(YearOutcomes.expected(year, expected));
            assertThat(due)
                    .as("kills that found no transaction with alerts in it, seed %d", plan.seed())
                    .isZero();
            LOGGER.atInfo()
                    .addKeyValue("scenario", plan.name())
                    .addKeyValue("experiments", year.lives().size())
                    .addKeyValue("messages", alerts.size())
                    .addKeyValue(
                            "outcomes",
                            outcomes.values().stream().mapToInt(List::size).sum())
                    .addKeyValue("killsInMidTransaction", fatal.size())
                    .addKeyValue("seed", plan.seed())
                    .log("as the oracle says");
        }
    }

    /** For who reads them one after the other: by experiment in the order of time, and each alert without a gap. */
    private static void mustBeInOrder(List<ConsumerRecord<String, CleanupAlert>> alerts, Plan plan) {
        alerts.stream()
                .collect(Collectors.groupingBy(ConsumerRecord::key))
                .forEach((experiment, ofExperiment) -> assertThat(ofExperiment)
                        .as("alerts of %s, seed %d", experiment, plan.seed())
                        .extracting(alert -> alert.value().getAt())
                        .isSorted());
        alerts.stream()
                .map(ConsumerRecord::value)
                .collect(Collectors.groupingBy(CleanupAlert::getAlertId))
                .forEach((id, ofAlert) -> assertThat(ofAlert)
                        .as("messages of %s, seed %d", id, plan.seed())
                        .extracting(CleanupAlert::getSequence)
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(1, ofAlert.size()).boxed().toList()));
    }
}

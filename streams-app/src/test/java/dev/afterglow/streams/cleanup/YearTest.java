package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.SETTLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.streams.testkit.SlowClock;
import dev.afterglow.streams.year.SimulatedYear;
import dev.afterglow.streams.year.Told;
import dev.afterglow.streams.year.YearFeed;
import dev.afterglow.streams.year.YearFeed.Order;
import dev.afterglow.streams.year.YearOracle;
import dev.afterglow.streams.year.YearOutcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * A year of many experiments: the alerts and the outcomes are those of an independent program that reads the same histories. {@code
 * -Dafterglow.year=1000} takes a thousand of them, {@code -Dafterglow.seed} others.
 */
@TestInstance(Lifecycle.PER_CLASS) // The oracle takes longer than the stage that it is compared with.
class YearTest {

    private static final int EXPERIMENTS = Integer.getInteger("afterglow.year", 30);
    private static final long SEED = Long.getLong("afterglow.seed", 20_270_101);
    private static final Duration TURN = Duration.ofMillis(10);

    private final SimulatedYear year = new SimulatedYear(SEED, EXPERIMENTS);

    private final List<Told> expected = YearOracle.expected(year);
    private final Map<String, List<ExperimentOutcome>> expectedOutcomes = YearOutcomes.expected(year, expected);

    private List<Told> told;
    private Map<String, List<ExperimentOutcome>> outcomes;
    private CleanupBench cleanup;

    @AfterEach
    void close() {
        if (cleanup != null) {
            cleanup.close();
            cleanup = null;
        }
    }

    @Test
    void tellsWhatTheOracleExpectsWhenAllArrivesInOrder() {
        cleanup = new CleanupBench();

        live(Order.IN_ORDER);

        assertThat(told).as("seed %d", SEED).containsExactlyElementsOf(expected);
        assertThat(outcomes).as("seed %d", SEED).containsExactlyEntriesOf(expectedOutcomes);
    }

    @Test
    void tellsTheSameInShortTurnsWhenAllComesInAnyOrderThatIsNotTooLate() {
        cleanup = new CleanupBench(new SlowClock(4));

        live(Order.OUT_OF_ORDER);

        assertThat(told).as("seed %d", SEED).containsExactlyElementsOf(expected);
        assertThat(outcomes).as("seed %d", SEED).containsExactlyEntriesOf(expectedOutcomes);
    }

    @Test
    void isPutToTheTestByAYearInWhichEverythingHappens() {
        assertThat(expected.stream().map(Told::kind).distinct()).hasSize(6);
        assertThat(expected.stream().map(Told::status).distinct()).hasSize(3);
        assertThat(expected.stream().map(Told::resolution).distinct().count()).isGreaterThan(10);
        assertThat(expected.stream()
                        .filter(YearTest::isCriticalBeforeItsDays)
                        .map(Told::kind)
                        .distinct())
                .hasSizeGreaterThan(1);
        assertThat(expected.stream()
                        .map(told -> told.money().saving())
                        .filter(Objects::nonNull)
                        .distinct())
                .hasSizeGreaterThan(EXPERIMENTS);
    }

    @Test
    void isPutToTheTestByOutcomesOfAllSorts() {
        var written = expectedOutcomes.values().stream().flatMap(List::stream).toList();
        var outcomes = written.stream().filter(Objects::nonNull).toList();

        assertThat(written).containsNull();
        assertThat(outcomes.stream().map(ExperimentOutcome::getResolution).distinct())
                .hasSizeGreaterThan(3);
        assertThat(outcomes.stream().map(ExperimentOutcome::getProvisional).distinct())
                .hasSize(2);
        assertThat(outcomes)
                .anyMatch(outcome ->
                        outcome.getImpressionsPerDayAfter() != null && outcome.getImpressionsPerDayAfter() > 0);
        assertThat(outcomes.stream()
                        .map(ExperimentOutcome::getSavedMicrosPerMonth)
                        .filter(Objects::nonNull)
                        .distinct())
                .hasSizeGreaterThan(EXPERIMENTS / 3);
    }

    private static boolean isCriticalBeforeItsDays(Told told) {
        return told.status() == AlertStatus.ESCALATED
                && told.at().isBefore(told.since().plus(SimulatedYear.LEAST_CRITICAL));
    }

    private void live(Order order) {
        told = new ArrayList<>();
        outcomes = new TreeMap<>();
        year.policies().stream().map(ProjectPolicy::newBuilder).forEach(cleanup.policies::add);
        year.plans().stream().map(PricePlan::newBuilder).forEach(cleanup.accounts::add);
        var feed = new YearFeed(year, order, SEED, SETTLE, cleanup);
        for (int day = 0; day < SimulatedYear.DAYS; day++) {
            feed.define(day);
            feed.live(day);
            hear();
            while (cleanup.driver.values(cleanup.topics.progress()).isEmpty()) {
                cleanup.driver.advance(TURN);
                hear();
            }
        }
        told.sort(null);
    }

    private void hear() {
        cleanup.alerts().stream().map(Told::of).forEach(told::add);
        cleanup.driver
                .read(cleanup.topics.outcomes())
                .forEach(record -> outcomes.computeIfAbsent(record.key(), first -> new ArrayList<>())
                        .add(record.value()));
    }
}

package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.SETTLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.PricePlan;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.streams.year.SimulatedYear;
import dev.afterglow.streams.year.Told;
import dev.afterglow.streams.year.YearFeed;
import dev.afterglow.streams.year.YearFeed.Order;
import dev.afterglow.streams.year.YearOracle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A year of many experiments: the alerts are those of an independent program that reads the same histories. {@code
 * -Dafterglow.year=1000} takes a thousand of them, {@code -Dafterglow.seed} others.
 */
class YearTest {

    private static final int EXPERIMENTS = Integer.getInteger("afterglow.year", 30);
    private static final long SEED = Long.getLong("afterglow.seed", 20_270_101);
    private static final Duration TURN = Duration.ofMillis(10);

    private final SimulatedYear year = new SimulatedYear(SEED, EXPERIMENTS);

    private CleanupBench cleanup;

    @AfterEach
    void close() {
        if (cleanup != null) {
            cleanup.close();
        }
    }

    @Test
    void tellsWhatTheOracleExpectsWhenAllArrivesInOrder() {
        cleanup = new CleanupBench();

        var told = live(Order.IN_ORDER);

        assertThat(told).as("seed %d", SEED).containsExactlyElementsOf(YearOracle.expected(year));
    }

    @Test
    void tellsTheSameInShortTurnsWhenAllComesInAnyOrderThatIsNotTooLate() {
        cleanup = new CleanupBench(new SlowClock(4));

        var told = live(Order.OUT_OF_ORDER);

        assertThat(told).as("seed %d", SEED).containsExactlyElementsOf(YearOracle.expected(year));
    }

    @Test
    void isPutToTheTestByAYearInWhichEverythingHappens() {
        var expected = YearOracle.expected(year);

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

    private static boolean isCriticalBeforeItsDays(Told told) {
        return told.status() == AlertStatus.ESCALATED
                && told.at().isBefore(told.since().plus(SimulatedYear.LEAST_CRITICAL));
    }

    private List<Told> live(Order order) {
        year.policies().stream().map(ProjectPolicy::newBuilder).forEach(cleanup.policies::add);
        year.plans().stream().map(PricePlan::newBuilder).forEach(cleanup.accounts::add);
        var feed = new YearFeed(year, order, SEED, SETTLE, cleanup);
        var told = new ArrayList<Told>();
        for (int day = 0; day < SimulatedYear.DAYS; day++) {
            feed.define(day);
            feed.live(day);
            cleanup.alerts().stream().map(Told::of).forEach(told::add);
            while (cleanup.driver.values(cleanup.topics.progress()).isEmpty()) {
                cleanup.driver.advance(TURN);
                cleanup.alerts().stream().map(Told::of).forEach(told::add);
            }
        }
        told.sort(null);
        return told;
    }
}

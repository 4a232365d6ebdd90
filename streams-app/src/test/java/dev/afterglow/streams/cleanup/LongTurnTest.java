package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakePolicies;
import dev.afterglow.streams.testkit.SlowClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where judging is slow, each turn does less. */
class LongTurnTest {

    private static final int CASES = 30;
    private static final Instant HOUR = NOON.plus(Duration.ofHours(26));

    private final CleanupBench cleanup = new CleanupBench(new SlowClock(10));

    @AfterEach
    void close() {
        cleanup.close();
    }

    @Test
    void endsATurnThatTakesTooLongAndGoesOnInTheNext() {
        // given
        dueAtOnce();

        // when
        cleanup.judgedUpTo(HOUR);
        var turns = new ArrayList<Integer>();
        var alerts = new ArrayList<CleanupAlert>();
        while (alerts.size() < CASES && turns.size() < 10 * CASES) {
            cleanup.driver.advance(Duration.ofMillis(10));
            var more = cleanup.alerts();
            turns.add(more.size());
            alerts.addAll(more);
        }

        // then
        assertThat(alerts)
                .hasSize(CASES)
                .extracting(CleanupAlert::getExperiment)
                .doesNotHaveDuplicates();
        assertThat(turns).allSatisfy(size -> assertThat(size).isLessThan(CASES / 2));
    }

    @Test
    void takesWatermarksThatComeMeanwhileWithoutATurnForEach() {
        // given
        dueAtOnce();
        cleanup.judgedUpTo(HOUR);
        cleanup.alerts();

        // when
        for (int minute = 1; minute <= CASES; minute++) {
            cleanup.judgedUpTo(HOUR.plus(Duration.ofMinutes(minute)));
        }

        // then
        assertThat(cleanup.alerts()).isEmpty();
        var turns = 0;
        while (cleanup.driver.values(cleanup.topics.progress()).isEmpty() && turns < 10 * CASES) {
            cleanup.driver.advance(Duration.ofMillis(10));
            turns++;
        }
        assertThat(cleanup.alerts()).isNotEmpty();
        assertThat(turns).isGreaterThan(1).isLessThan(10 * CASES);
    }

    @Test
    void takesOneTurnWhereTwoWouldFollowOneAnother() {
        // given
        dueAtOnce();
        cleanup.judgedUpTo(HOUR);
        for (int turn = 0; cleanup.alerts().isEmpty() && turn < 10 * CASES; turn++) {
            cleanup.driver.advance(Duration.ofMillis(10));
        }
        cleanup.driver.advance(Duration.ofMillis(10));
        int inATurn = cleanup.alerts().size();

        // when every timer has run down
        cleanup.driver.advance(Duration.ofMinutes(1));

        // then
        assertThat(cleanup.alerts()).hasSizeBetween(1, inATurn);
    }

    /** All are leftovers from one hour on, with traffic. */
    private void dueAtOnce() {
        cleanup.policies.add(FakePolicies.shop(1).setWarnAfterDays(1));
        for (int i = 0; i < CASES; i++) {
            var experiment = "item-" + i;
            var definition = Experiments.full(1, NOON).setExperiment(experiment).build();
            var key = "shop/production/" + experiment;
            cleanup.driver.pipe(cleanup.topics.experiments(), key, definition);
        }
        IntStream.range(0, CASES)
                .forEach(i -> cleanup.traffic(
                        new ExperimentKey("shop", "production", "item-" + i), HOUR.minus(Duration.ofHours(1)), 5));
    }
}

package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakePolicies;
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
}

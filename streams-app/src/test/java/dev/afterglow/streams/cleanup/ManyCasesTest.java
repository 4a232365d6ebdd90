package dev.afterglow.streams.cleanup;

import static dev.afterglow.streams.cleanup.CleanupBench.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.FakePolicies;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Cases that are due in one and the same hour are judged turn by turn. {@code -Dafterglow.cases=100000} measures what a
 * turn takes; here they are only counted.
 */
class ManyCasesTest {

    private static final String CASES = "afterglow.cases";
    private static final boolean MEASURED = System.getProperty(CASES) != null;
    private static final int HOURS = 26;
    private static final int MOST_TURNS_PER_CASE = 2;
    /** Of the processor: what others take of it, the collector among them, is not the turn's. */
    private static final int LONGEST_TURN_MS = 50;

    private static final Duration TURN = Duration.ofMillis(10);

    private final CleanupBench cleanup =
            new CleanupBench(System.getProperty(CASES) == null ? Clock.fixed(NOON, ZoneOffset.UTC) : Clock.systemUTC());
    private final int cases = Integer.getInteger(CASES, 1_700);

    @AfterEach
    void close() {
        cleanup.close();
    }

    @Test
    void judgesAllThatAreDueWithinAsManyTurnsAsTheyNeed() {
        // given all are leftovers from one hour on, with traffic
        cleanup.policies.add(
                FakePolicies.shop(1).setWarnAfterDays(1).setCriticalAfterDays(2).setCriticalCostMicros(Long.MAX_VALUE));
        cleanup.accounts.add(FakeAccounts.plan("default", 1, 10));
        for (int i = 0; i < cases; i++) {
            define(i);
            cleanup.traffic(key(i), NOON.plus(Duration.ofHours(HOURS - 1)), 5);
        }
        var due = NOON.plus(Duration.ofHours(HOURS));

        // when
        cleanup.judgedUpTo(due);
        var opening = turns();
        cleanup.judgedUpTo(NOON.plus(Duration.ofDays(2)).plus(Duration.ofHours(1)));
        var escalating = turns();

        // then
        assertThat(opening.alerts).hasSize(cases).allSatisfy(alert -> {
            assertThat(alert.getStatus()).isEqualTo(AlertStatus.OPEN);
            assertThat(alert.getAt()).isEqualTo(due);
        });
        assertThat(escalating.alerts)
                .hasSize(cases)
                .allSatisfy(alert -> assertThat(alert.getStatus()).isEqualTo(AlertStatus.ESCALATED));
        // Each was due when it was defined, when its days were over and when its hour was complete.
        if (MEASURED) {
            assertThat(opening.times.longestOfThread()).isLessThan(LONGEST_TURN_MS);
            assertThat(escalating.times.longestOfThread()).isLessThan(LONGEST_TURN_MS);
        } else {
            assertThat(opening.times.count()).isLessThanOrEqualTo(3 * cases / Casework.CASES_PER_TURN + 1);
        }
    }

    private record Turns(List<CleanupAlert> alerts, TurnTimes times) {}

    /** Goes on until clean-up says that it has come so far. */
    private Turns turns() {
        var turns = new Turns(new ArrayList<>(cleanup.alerts()), new TurnTimes());
        while (cleanup.driver.values(cleanup.topics.progress()).isEmpty()) {
            assertThat(turns.times.count()).as("turns").isLessThan(MOST_TURNS_PER_CASE * cases);
            turns.times.take(() -> cleanup.driver.advance(TURN));
            turns.alerts.addAll(cleanup.alerts());
        }
        if (MEASURED) {
            System.out.printf(Locale.ROOT, "%,d cases, %,d alerts in %s%n", cases, turns.alerts.size(), turns.times);
        }
        return turns;
    }

    private void define(int index) {
        var key = key(index);
        var definition =
                Experiments.full(1, NOON).setExperiment(key.experiment()).build();
        cleanup.driver.pipe(cleanup.topics.experiments(), key.toString(), definition);
    }

    private static ExperimentKey key(int index) {
        return new ExperimentKey("shop", "production", String.format(Locale.ROOT, "item-%06d", index));
    }
}

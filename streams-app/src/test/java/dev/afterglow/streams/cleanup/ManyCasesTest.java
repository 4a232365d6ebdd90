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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final Instant DUE = NOON.plus(Duration.ofHours(HOURS));
    private static final Clock CLOCK = MEASURED ? Clock.systemUTC() : Clock.fixed(NOON, ZoneOffset.UTC);

    private final int cases = Integer.getInteger(CASES, 1_700);

    private record Turns(List<CleanupAlert> alerts, TurnTimes times) {}

    private record Course(Turns opening, Turns escalating) {}

    @Test
    void judgesAllThatAreDueWithinAsManyTurnsAsTheyNeed() {
        // given
        if (MEASURED) {
            // The first alerts of a process have their classes loaded, which takes longer than a turn may, and once.
            courseOf(1);
        }

        // when
        var course = courseOf(cases);

        // then
        if (MEASURED) {
            System.out.printf(Locale.ROOT, "%,d cases opened in %s%n", cases, course.opening.times);
            System.out.printf(Locale.ROOT, "%,d cases escalated in %s%n", cases, course.escalating.times);
        }
        assertThat(course.opening.alerts).hasSize(cases).allSatisfy(alert -> {
            assertThat(alert.getStatus()).isEqualTo(AlertStatus.OPEN);
            assertThat(alert.getAt()).isEqualTo(DUE);
        });
        assertThat(course.escalating.alerts)
                .hasSize(cases)
                .allSatisfy(alert -> assertThat(alert.getStatus()).isEqualTo(AlertStatus.ESCALATED));
        // Each was due when it was defined, when its days were over and when its hour was complete.
        if (MEASURED) {
            assertThat(course.opening.times.longestOfThread()).isLessThan(LONGEST_TURN_MS);
            assertThat(course.escalating.times.longestOfThread()).isLessThan(LONGEST_TURN_MS);
        } else {
            assertThat(course.opening.times.count()).isLessThanOrEqualTo(3 * cases / Casework.CASES_PER_TURN + 1);
        }
    }

    /** So many are leftovers from one hour on, with traffic, and critical from a later one on. */
    private static Course courseOf(int number) {
        try (var cleanup = new CleanupBench(CLOCK)) {
            cleanup.policies.add(FakePolicies.shop(1)
                    .setWarnAfterDays(1)
                    .setCriticalAfterDays(2)
                    .setCriticalCostMicros(Long.MAX_VALUE));
            cleanup.accounts.add(FakeAccounts.plan("default", 1, 10));
            for (int i = 0; i < number; i++) {
                define(cleanup, key(i));
                cleanup.traffic(key(i), NOON.plus(Duration.ofHours(HOURS - 1)), 5);
            }
            var opening = turnsUpTo(DUE, cleanup, number);
            return new Course(opening, turnsUpTo(NOON.plus(Duration.ofDays(2).plusHours(1)), cleanup, number));
        }
    }

    /** Goes on until clean-up says that it has come so far. */
    private static Turns turnsUpTo(Instant watermark, CleanupBench cleanup, int number) {
        cleanup.judgedUpTo(watermark);
        var turns = new Turns(new ArrayList<>(cleanup.alerts()), new TurnTimes());
        while (cleanup.driver.values(cleanup.topics.progress()).isEmpty()) {
            assertThat(turns.times.count()).as("turns").isLessThan(MOST_TURNS_PER_CASE * (number + 1));
            turns.times.take(() -> cleanup.driver.advance(TURN));
            turns.alerts.addAll(cleanup.alerts());
        }
        return turns;
    }

    private static void define(CleanupBench cleanup, ExperimentKey key) {
        var definition =
                Experiments.full(1, NOON).setExperiment(key.experiment()).build();
        cleanup.driver.pipe(cleanup.topics.experiments(), key.toString(), definition);
    }

    private static ExperimentKey key(int index) {
        return new ExperimentKey("shop", "production", String.format(Locale.ROOT, "item-%06d", index));
    }
}

package dev.afterglow.alerts.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.ExperimentOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written of the ends of runs, for every history: each is drawn from the seed in the name of its test. */
class OutcomePropertyTest {

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    /** What is written under a key; null takes it back. */
    private record Written(String key, ExperimentOutcome outcome) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isTheSameHoweverOftenItIsJudged(long seed) {
        var history = new RandomHistory(seed);
        var everyHour = history.news();
        for (var hour = RandomHistory.FROM; hour.isBefore(RandomHistory.TO); hour = UtcGrid.nextHour(hour)) {
            everyHour.add(hour);
        }

        assertThat(written(history, history.news())).isEqualTo(written(history, everyHour));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void claimsNoMoreThanThereWasAndIsFinalOnce(long seed) {
        var history = new RandomHistory(seed);
        var standing = new HashMap<String, ExperimentOutcome>();

        for (var one : written(history, history.news())) {
            var outcome = one.outcome();
            if (outcome == null) {
                assertThat(standing.remove(one.key())).isNotNull();
            } else {
                var before = standing.put(one.key(), outcome);
                if (before != null) {
                    assertFollows(outcome, before);
                }
                assertClaims(outcome);
            }
        }
        assertNoImpressionIsOfTwoRuns(history, standing.values());
    }

    @Test
    void isPutToTheTestByOutcomesOfAllSorts() {
        var all = seeds().mapToObj(RandomHistory::new)
                .flatMap(history -> written(history, history.news()).stream())
                .map(Written::outcome)
                .toList();
        var outcomes = all.stream().filter(Objects::nonNull).toList();

        assertThat(outcomes.size()).isLessThan(all.size());
        assertThat(count(outcomes, outcome -> outcome.getDaysAfter() != null && outcome.getDaysAfter() < 7))
                .isGreaterThan(3);
        assertThat(count(outcomes, outcome -> outcome.getDaysAfter() != null && outcome.getDaysAfter() == 7))
                .isGreaterThan(3);
        assertThat(count(
                        outcomes,
                        outcome -> outcome.getSavedMicrosPerMonth() != null && outcome.getSavedMicrosPerMonth() > 0))
                .isGreaterThan(3);
        assertThat(count(outcomes, outcome -> outcome.getKeyLearning() != null)).isPositive();
        assertThat(count(outcomes, outcome -> outcome.getRun() != null)).isGreaterThan(3);
    }

    private static void assertFollows(ExperimentOutcome outcome, ExperimentOutcome before) {
        assertThat(outcome).isNotEqualTo(before);
        assertThat(outcome.getClosedAt()).isEqualTo(before.getClosedAt());
        assertThat(before.getProvisional() || !outcome.getProvisional()).isTrue();
    }

    private static void assertClaims(ExperimentOutcome outcome) {
        assertThat(outcome.getLeftoverImpressions()).isBetween(0L, outcome.getImpressions());
        if (outcome.getCostMicros() != null) {
            assertThat(outcome.getWastedMicros()).isBetween(0L, outcome.getCostMicros());
        }
        if (outcome.getProvisional() || outcome.getDaysAfter() == null) {
            assertThat(outcome.getImpressionsPerDayAfter()).isNull();
            assertThat(outcome.getSavedMicrosPerMonth()).isNull();
            return;
        }
        assertThat(outcome.getDaysAfter()).isBetween(1, 7);
        if (outcome.getSavedMicrosPerMonth() != null) {
            var isLess = outcome.getImpressionsPerDayAfter() <= outcome.getImpressionsPerDayBefore();
            assertThat(outcome.getSavedMicrosPerMonth()).isBetween(0L, isLess ? Long.MAX_VALUE : 0L);
        }
    }

    private static void assertNoImpressionIsOfTwoRuns(RandomHistory history, Collection<ExperimentOutcome> outcomes) {
        var total = history.traffic.quarters().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(outcomes.stream()
                        .mapToLong(ExperimentOutcome::getImpressions)
                        .sum())
                .isLessThanOrEqualTo(total);
    }

    private static long count(List<ExperimentOutcome> outcomes, Predicate<ExperimentOutcome> what) {
        return outcomes.stream().filter(what).count();
    }

    /** As the topology writes it, judged at the instants given and whenever the case is due. */
    private static List<Written> written(RandomHistory history, TreeSet<Instant> instants) {
        var desk = new Desk().under(history.policies);
        desk.definitions = history.definitions;
        history.actions.forEach(desk::act);
        var leftover = history.definitions.leftoverIntervals(history.policies);
        var life = new LoggedLife(
                history.traffic,
                quarter -> leftover.stream()
                        .anyMatch(interval -> interval.contains(quarter, quarter.plus(UtcGrid.QUARTER))));
        var written = new ArrayList<Written>();
        var agenda = new TreeSet<>(instants);
        for (var at = agenda.pollFirst(); at != null && at.isBefore(RandomHistory.TO); at = agenda.pollFirst()) {
            var verdict = CaseJudge.judge(
                    desk.file, Fixtures.KEY, history.definitions, history.policies, history.traffic, at);
            desk.file = verdict.next();
            for (var ending : verdict.endings()) {
                var outcome = ending.takenBack()
                        ? null
                        : Outcomes.of(
                                ending.run(), history.definitions, life, Fixtures.KEY, history.traffic.accounts(), at);
                written.add(new Written(Outcomes.key(Fixtures.KEY, ending.run().getRun()), outcome));
            }
            if (desk.file.getDueAt() != null) {
                agenda.add(desk.file.getDueAt());
            }
        }
        return written;
    }
}

package dev.afterglow.streams.audit;

import static dev.afterglow.streams.audit.Recounts.NOON;
import static dev.afterglow.streams.audit.Recounts.cell;
import static dev.afterglow.streams.audit.Recounts.event;
import static dev.afterglow.streams.audit.Recounts.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.EvaluationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionRecountTest {

    private final Recounts recount = new Recounts();

    @Test
    void countsEachEventInTheQuarterHourInWhichItHappened() {
        // when
        recount.arrives(NOON, event("a", NOON.minusSeconds(1)).setCount(12))
                .arrives(NOON, event("b", NOON.minus(Duration.ofMinutes(60))))
                .arrives(NOON, event("c", NOON.minus(Duration.ofMinutes(31))));

        // then
        assertThat(recount.sheet().least(cell(NOON.minusSeconds(1), CountingPolicy.EVALUATION)))
                .containsExactly(1, 1, 0, 12);
        assertThat(recount.outcomes()).isEqualTo(Map.of("counted", 14L));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, true",
        "PT24H, true",
        "PT24H59M59.999S, true",
        "PT25H, false",
    })
    void knowsAnIdInTheHourOfItsFirstArrivalAndTheHorizonAfterIt(Duration later, boolean isDuplicate) {
        // given an arrival on the full hour, so that its hour is over after one more
        recount.arrives(NOON, event("a", NOON));

        // when
        recount.arrives(NOON.plus(later), event("a", NOON));

        // then
        assertThat(recount.totals().duplicate()).isEqualTo(isDuplicate ? 1 : 0);
    }

    @Test
    void leavesOutExperimentsWithoutADefinitionBeyondTheLimitOfTheDay() {
        // given
        recount.under(policy(1, Instant.EPOCH).setUnknownExperimentsPerDay(1).build())
                .defined("known");

        // when
        recount.arrives(NOON, event("a", NOON).setExperiment("first"))
                .arrives(NOON, event("b", NOON).setExperiment("second"))
                .arrives(NOON, event("c", NOON).setExperiment("known"))
                .arrives(NOON, event("d", NOON).setExperiment("first").setVariant("other"))
                .arrives(NOON.plus(Duration.ofHours(12)), event("e", NOON).setExperiment("second"));

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of("counted", 4L, "excluded LIMIT", 1L));
    }

    @Test
    void leavesOutVariantsBeyondTheLimitWhileTheExperimentIsSeenWithinAWeek() {
        // given
        recount.under(policy(1, Instant.EPOCH).setVariantsPerExperiment(1).build());
        recount.arrives(NOON, event("a", NOON).setVariant("blue"));

        // when
        var inAWeek = NOON.plus(Duration.ofDays(6));
        var later = NOON.plus(Duration.ofDays(7));
        recount.arrives(inAWeek, event("b", inAWeek).setVariant("green"))
                .arrives(later, event("c", later).setVariant("green"));

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of("counted", 2L, "excluded LIMIT", 1L));
    }

    @Test
    void isNotMadeToRememberLongerByADuplicate() {
        // when
        recount.arrives(NOON, event("a", NOON))
                .arrives(NOON.plus(Duration.ofHours(20)), event("a", NOON))
                .arrives(NOON.plus(Duration.ofHours(30)), event("a", NOON));

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of("counted", 2L, "duplicate", 1L));
    }

    @Test
    void takesArrivalsForATimeThatNeverGoesBack() {
        // when the third is stamped before the second
        recount.arrives(NOON, event("a", NOON))
                .arrives(NOON.plus(Duration.ofHours(30)), event("b", NOON))
                .arrives(NOON, event("a", NOON));

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of("counted", 3L));
    }

    @Test
    void tellsAConflictFromARepeat() {
        // when
        recount.arrives(NOON, event("a", NOON).setCount(2))
                .arrives(NOON, event("a", NOON).setCount(2))
                .arrives(NOON, event("a", NOON).setCount(3));

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of("counted", 2L, "duplicate", 5L, "conflicts", 3L));
    }

    static List<UnaryOperator<EvaluationEvent.Builder>> scopes() {
        return List.of(
                event -> event.setProject("other"),
                event -> event.setEnvironment("staging"),
                event -> event.setSource("web"),
                event -> event.setSource(""));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void tellsTheSameIdOfAnotherScopeApart(UnaryOperator<EvaluationEvent.Builder> change) {
        // when
        recount.arrives(NOON, event("a", NOON)).arrives(NOON, change.apply(event("a", NOON)));

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of("counted", 2L));
    }

    static Stream<Arguments> edges() {
        var future = Duration.ofMinutes(10);
        var late = Duration.ofDays(62);
        return Stream.of(
                Arguments.of(event("a", NOON.plus(future)), "counted"),
                Arguments.of(event("a", NOON.plus(future).plusMillis(1)), "dead-lettered FUTURE"),
                Arguments.of(event("a", NOON.minus(late)), "counted"),
                Arguments.of(event("a", NOON.minus(late).minusMillis(1)), "dead-lettered TOO_LATE"),
                Arguments.of(event("a", Instant.EPOCH).setBackfill(true), "counted"),
                Arguments.of(event("a", NOON.plus(future).plusMillis(1)).setBackfill(true), "dead-lettered FUTURE"),
                Arguments.of(event("a", Instant.EPOCH.minusMillis(1)).setBackfill(true), "dead-lettered INVALID"),
                Arguments.of(event("a", Instant.ofEpochMilli(Long.MAX_VALUE)), "dead-lettered FUTURE"),
                Arguments.of(event("", NOON), "dead-lettered INVALID"),
                Arguments.of(event("x".repeat(513), NOON), "dead-lettered INVALID"),
                Arguments.of(event("x".repeat(512), NOON), "counted"),
                Arguments.of(event("a", NOON).setProject("Shop"), "dead-lettered INVALID"),
                Arguments.of(event("a", NOON).setEnvironment("a b"), "dead-lettered INVALID"),
                Arguments.of(event("a", NOON).setExperiment("x".repeat(257)), "dead-lettered INVALID"),
                Arguments.of(event("a", NOON).setVariant(""), "dead-lettered INVALID"),
                Arguments.of(event("a", NOON).setUnit(""), "dead-lettered INVALID"),
                Arguments.of(event("a", NOON).setCount(0), "dead-lettered INVALID"),
                Arguments.of(event("a", NOON).setCount(1_000_000_001), "dead-lettered INVALID"));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void acceptsWhatTheContractAllows(EvaluationEvent.Builder event, String outcome) {
        // when
        recount.arrives(NOON, event);

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of(outcome, 1L));
    }

    @Test
    void doesNotRememberTheIdOfWhatItRejected() {
        // when
        recount.arrives(NOON, event("a", NOON.plus(Duration.ofHours(1)))).arrives(NOON, event("a", NOON));

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of("counted", 1L, "dead-lettered FUTURE", 1L));
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    void countsRubbishAsOneByItsReason(Rejection reason) {
        assertThat(recount.rubbish(NOON, reason).outcomes()).isEqualTo(Map.of("dead-lettered " + reason, 1L));
    }

    static Stream<Arguments> countedOnce() {
        return Stream.of(
                Arguments.of(CountingPolicy.PAGE_IMPRESSION, event("b", NOON).setPageView("p"), "excluded REPEAT"),
                Arguments.of(CountingPolicy.PAGE_IMPRESSION, event("b", NOON).setPageView("q"), "counted"),
                Arguments.of(
                        CountingPolicy.PAGE_IMPRESSION,
                        event("b", NOON).setPageView("p").setVariant("green"),
                        "counted"),
                Arguments.of(CountingPolicy.PAGE_IMPRESSION, event("b", NOON), "dead-lettered INVALID"),
                Arguments.of(CountingPolicy.SESSION_EXPOSURE, event("b", NOON).setSession("s"), "excluded REPEAT"),
                Arguments.of(CountingPolicy.SESSION_EXPOSURE, event("b", NOON).setSession("t"), "counted"),
                Arguments.of(CountingPolicy.SESSION_EXPOSURE, event("b", NOON), "dead-lettered INVALID"),
                Arguments.of(CountingPolicy.DAILY_UNIQUE, event("b", NOON.minusSeconds(5)), "excluded REPEAT"),
                Arguments.of(CountingPolicy.DAILY_UNIQUE, event("b", NOON).setVariant("green"), "excluded REPEAT"),
                Arguments.of(CountingPolicy.DAILY_UNIQUE, event("b", NOON).setUnit("unit-2"), "counted"),
                Arguments.of(CountingPolicy.DAILY_UNIQUE, event("b", NOON.minus(Duration.ofDays(1))), "counted"));
    }

    @ParameterizedTest
    @MethodSource("countedOnce")
    void countsOncePerWhatThePolicySays(CountingPolicy policy, EvaluationEvent.Builder second, String outcome) {
        // given
        recount.under(policy).arrives(NOON, event("a", NOON).setPageView("p").setSession("s"));
        var first = recount.totals();

        // when
        recount.arrives(NOON, second);

        // then
        assertThat(first.counted()).isEqualTo(1);
        assertThat(recount.outcomes()).containsEntry(outcome, outcome.equals("counted") ? 2L : 1L);
    }

    @Test
    void takesASumForOneWhereThePolicyCountsUnits() {
        // when
        recount.under(CountingPolicy.DAILY_UNIQUE)
                .arrives(NOON, event("a", NOON).setCount(10));

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of("counted", 1L, "excluded REPEAT", 9L));
    }

    @Test
    void excludesAnEnvironmentThatDoesNotCountButKnowsItsIds() {
        // given
        recount.under(Recounts.policy(1, Instant.EPOCH)
                .setCountedEnvironments(List.of("staging"))
                .build());

        // when
        recount.arrives(NOON, event("a", NOON).setCount(4))
                .arrives(NOON, event("a", NOON).setCount(4));

        // then
        assertThat(recount.outcomes()).isEqualTo(Map.of("excluded ENVIRONMENT", 4L, "duplicate", 4L));
    }

    @Test
    void keepsWhatIsNotSettledApart() {
        // given
        var both = new Recounts(1);

        // when
        both.arrives(NOON, event("a", NOON)).arrives(NOON, event("b", NOON));

        // then
        var cell = cell(NOON, CountingPolicy.EVALUATION);
        assertThat(both.outcomes()).isEqualTo(Map.of("counted", 1L));
        assertThat(both.sheet().least(cell)).containsExactly(1, 0, 0, 0);
        assertThat(both.sheet().most(cell)).containsExactly(2, 0, 0, 0);
    }
}

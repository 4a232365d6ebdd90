package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.after;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.definition;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.segment;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static dev.afterglow.alerts.cleanup.Fixtures.weights;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Link;
import dev.afterglow.contract.VariantWeight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DefinitionsTest {

    @Test
    void holdsNothingBeforeTheFirstVersion() {
        assertThat(Definitions.of(List.of(split(1, START))).inForceAt(START.minusMillis(1)))
                .isEmpty();
    }

    @Test
    void ordersByEffectiveTimeWhateverTheOrderOfArrival() {
        var definitions = Definitions.of(List.of(split(2, day(2)), split(3, day(1)), split(1, day(0))));

        assertThat(definitions.inForceAt(day(1)))
                .map(ExperimentDefinition::getVersion)
                .contains(3L);
        assertThat(definitions.inForceAt(day(2)))
                .map(ExperimentDefinition::getVersion)
                .contains(2L);
        assertThat(definitions.nextChangeAfter(day(1))).contains(day(2));
        assertThat(definitions.nextChangeAfter(day(2))).isEmpty();
    }

    @Test
    void prefersTheHigherOfTwoVersionsEffectiveAtTheSameTime() {
        var definitions = Definitions.of(List.of(full(2, START), split(1, START)));

        assertThat(definitions.inForceAt(START))
                .map(ExperimentDefinition::getVersion)
                .contains(2L);
        assertThat(definitions.phases()).hasSize(1);
    }

    @Test
    void replacesAVersionThatIsSentAgain() {
        var definitions = Definitions.of(List.of(split(1, START), full(1, START)));

        assertThat(definitions.versions()).containsExactly(full(1, START));
    }

    @Test
    void comesBackFromStorageAsItWas() {
        var definitions = Definitions.of(List.of(split(1, START), full(2, day(1))));

        assertThat(Definitions.fromHistory(definitions.toHistory()).versions()).isEqualTo(definitions.versions());
        assertThat(Definitions.fromHistory(null).versions()).isEmpty();
    }

    @Nested
    class Since {

        @Test
        void isTheStartOfTheNewestUnbrokenRun() {
            var definitions = Definitions.of(
                    List.of(full(1, day(0)), split(2, day(1)), full(3, day(2)), full(4, day(3)), split(5, day(9))));

            assertThat(full(definitions, 4)).contains(day(2));
            assertThat(full(definitions, 0)).contains(day(0));
            assertThat(full(definitions, 1)).isEmpty();
            assertThat(full(definitions, 9)).isEmpty();
        }

        @Test
        void isNotBrokenByAVersionThatWasNeverInForce() {
            var definitions = Definitions.of(List.of(full(1, day(0)), split(2, day(1)), full(3, day(1))));

            assertThat(full(definitions, 2)).contains(day(0));
        }

        private Optional<Instant> full(Definitions definitions, long atDay) {
            return definitions.since(day(atDay), phase -> phase.allocation().isFull());
        }

        private ExperimentDefinition full(long version, Instant from) {
            return Fixtures.full(version, from);
        }
    }

    @Nested
    class Retired {

        @Test
        void isNotADraftThatWasNeverLive() {
            var definitions = Definitions.of(
                    List.of(inState(1, day(0), ExperimentState.DRAFT), inState(2, day(1), ExperimentState.INACTIVE)));

            assertThat(definitions.phases()).noneMatch(Phase::retired);
        }

        @Test
        void isWhatIsOffAfterItWasLive() {
            var definitions = Definitions.of(List.of(
                    inState(1, day(0), ExperimentState.DRAFT),
                    split(2, day(1)),
                    definition(3, day(2), builder -> builder.setEnabled(false)),
                    split(4, day(3)),
                    inState(5, day(4), ExperimentState.DRAFT)));

            assertThat(definitions.phases())
                    .extracting(Phase::retired)
                    .containsExactly(false, false, true, false, true);
        }

        @Test
        void isWhatIsArchivedEvenIfItWasNeverLive() {
            var definitions = Definitions.of(
                    List.of(inState(1, day(0), ExperimentState.DRAFT), inState(2, day(1), ExperimentState.ARCHIVED)));

            assertThat(definitions.phases()).extracting(Phase::retired).containsExactly(false, true);
        }
    }

    @Nested
    class LeftoverTime {

        @Test
        void runsFromFullRolloutToItsEndAndAgainFromTheGraceAfterTheArchiving() {
            var definitions = Definitions.of(List.of(
                    split(1, day(0)),
                    full(2, day(1)),
                    full(3, day(2)),
                    inState(4, day(3), ExperimentState.INACTIVE),
                    inState(5, day(4), ExperimentState.ARCHIVED)));

            assertThat(definitions.leftoverIntervals(Fixtures.defaults()))
                    .containsExactly(
                            new Interval(day(1), day(3)), new Interval(day(3).plus(Duration.ofHours(2)), null));
        }

        @Test
        void hasNoPartOfARetirementShorterThanTheGrace() {
            var definitions = Definitions.of(List.of(
                    split(1, day(0)),
                    inState(2, day(1), ExperimentState.INACTIVE),
                    split(3, day(1).plus(Duration.ofHours(2)))));

            assertThat(definitions.leftoverIntervals(Fixtures.defaults())).isEmpty();
        }

        @Test
        void runsOnWhenTheServedVariantOrTheRunChanges() {
            var definitions = Definitions.of(List.of(
                    full(1, day(0)),
                    full(2, day(1), builder -> builder.setVariants(weights(1, 0))),
                    full(3, day(2), builder -> builder.setRun("second"))));

            assertThat(definitions.leftoverIntervals(Fixtures.defaults())).containsExactly(new Interval(day(0), null));
        }

        @Test
        void leavesOutTimesInWhichTheDefinitionIsExempt() {
            var definitions = Definitions.of(List.of(
                    full(1, day(0)),
                    full(2, day(1), builder -> builder.setPermanent(true)),
                    full(3, day(2)),
                    full(4, day(3), builder -> builder.setKind(ExperimentKind.FEATURE_FLAG))));

            assertThat(definitions.leftoverIntervals(Fixtures.defaults()))
                    .containsExactly(new Interval(day(0), day(1)), new Interval(day(2), day(3)));
        }

        @Test
        void leavesOutTimesInWhichThePolicyExempts() {
            var definitions = Definitions.of(List.of(full(1, day(0), builder -> builder.setTags(List.of("legal")))));
            var policies = Fixtures.policy(builder -> {})
                    .with(Fixtures.policyVersion(2, day(1), builder -> builder.setExemptTags(List.of("legal"))))
                    .with(Fixtures.policyVersion(3, day(2), builder -> builder.setExemptExperiments(List.of("other"))));

            assertThat(definitions.leftoverIntervals(policies))
                    .containsExactly(new Interval(day(0), day(1)), new Interval(day(2), null));
        }

        @Test
        void countsFlagsWhereThePolicySaysSo() {
            var definitions =
                    Definitions.of(List.of(full(1, day(0), builder -> builder.setKind(ExperimentKind.FEATURE_FLAG))));

            assertThat(definitions.leftoverIntervals(Fixtures.policy(builder -> builder.setIncludeFeatureFlags(true))))
                    .containsExactly(new Interval(day(0), null));
        }

        @Test
        void holdsOnlyQuartersThatLieWhollyInside() {
            var hour = Instant.parse("2026-11-03T09:00:00Z");
            var definitions = Definitions.of(List.of(full(1, START), split(2, after(Duration.ofMinutes(85)))));

            // from 09:20 to 10:45
            assertThat(definitions.leftoverQuarters(hour, Fixtures.defaults())).isEqualTo(0b1100);
            assertThat(definitions.leftoverQuarters(hour.plusSeconds(3600), Fixtures.defaults()))
                    .isEqualTo(0b0111);
            assertThat(definitions.leftoverQuarters(hour.plusSeconds(7200), Fixtures.defaults()))
                    .isZero();
        }

        @Test
        void holdsAQuarterAcrossTheSeamOfTwoVersions() {
            var hour = Instant.parse("2026-11-03T10:00:00Z");
            var definitions = Definitions.of(List.of(
                    full(1, START), full(2, hour.plusSeconds(60), builder -> builder.setVariants(weights(1, 0)))));

            assertThat(definitions.leftoverQuarters(hour, Fixtures.defaults())).isEqualTo(0b1111);
        }
    }

    @Nested
    class Problems {

        @Test
        void findsNoneInAValidDefinition() {
            assertThat(problems(builder -> builder.setRun("2026-11")
                            .setDecision(Decision.ROLL_OUT)
                            .setWinner("green")
                            .setSignificance(0.97)
                            .setSegments(List.of(segment("beta", 100, 0, 1)))
                            .setLinks(List.of(new Link("results", "https://example.org/results?id=7")))))
                    .isEmpty();
        }

        @Test
        void findsAllWithFieldAndRemedy() {
            assertThat(problems(builder -> builder.setProject("Shop")
                            .setEnvironment("pro duction")
                            .setExperiment("")
                            .setVersion(0)
                            .setRun("-")
                            .setKind(ExperimentKind.UNKNOWN)
                            .setState(ExperimentState.UNKNOWN)
                            .setDecision(Decision.UNKNOWN)
                            .setRolloutPercent(Double.NaN)
                            .setVariants(List.of())
                            .setSignificance(95.0)
                            .setWinner("red")
                            .setLinks(List.of(new Link("results", "javascript:alert(1)")))))
                    .satisfiesExactly(
                            problem -> assertThat(problem).startsWith("project 'Shop' is no slug: use"),
                            problem -> assertThat(problem).startsWith("environment 'pro duction' is no slug: use"),
                            problem -> assertThat(problem).startsWith("experiment is empty: give"),
                            problem -> assertThat(problem).isEqualTo("version is 0: use 1 or more"),
                            problem -> assertThat(problem).startsWith("run '-' names no run: leave it out"),
                            problem -> assertThat(problem).startsWith("kind is UNKNOWN: use"),
                            problem -> assertThat(problem).startsWith("state is UNKNOWN: use"),
                            problem -> assertThat(problem).startsWith("decision is UNKNOWN: use"),
                            problem -> assertThat(problem).isEqualTo("rolloutPercent is NaN: use 0 to 100"),
                            problem -> assertThat(problem).startsWith("variants is empty: give"),
                            problem -> assertThat(problem).isEqualTo("significance is 95.0: use 0 to 1"),
                            problem -> assertThat(problem).startsWith("winner 'red' is none of the variants"),
                            problem ->
                                    assertThat(problem).startsWith("links: 'javascript:alert(1)' is no web address"));
        }

        @Test
        void looksIntoWeightsAndSegments() {
            assertThat(problems(builder -> builder.setVariants(List.of(
                                    new VariantWeight("a", -1.0),
                                    new VariantWeight("a", Double.POSITIVE_INFINITY),
                                    new VariantWeight("", 1.0)))
                            .setSegments(List.of(segment("beta", 101, 0, 0), segment("beta", 50, 1, 1)))))
                    .satisfiesExactly(
                            problem -> assertThat(problem).contains("weight of 'a' is -1.0: use 0 or more"),
                            problem -> assertThat(problem).contains("'a' is there twice"),
                            problem -> assertThat(problem).contains("weight of 'a' is Infinity: use 0 or more"),
                            problem -> assertThat(problem).contains("a name is empty"),
                            problem -> assertThat(problem).contains("'beta': rolloutPercent is 101.0: use 0 to 100"),
                            problem -> assertThat(problem).contains("'beta': variants: all weights are 0"),
                            problem -> assertThat(problem).contains("'beta' is there twice"));
        }

        private List<String> problems(Consumer<ExperimentDefinition.Builder> change) {
            return Definitions.problems(definition(1, START, change));
        }
    }
}

package dev.afterglow.streams.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.streams.testkit.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectRulesTest {

    private static final Instant HALF_PAST = Instant.parse("2026-11-23T10:30:00Z");
    private static final Instant LATER = Instant.parse("2026-11-30T00:00:00Z");
    private static final List<CountingPolicy> POLICIES = List.of(
            CountingPolicy.EVALUATION,
            CountingPolicy.PAGE_IMPRESSION,
            CountingPolicy.SESSION_EXPOSURE,
            CountingPolicy.DAILY_UNIQUE);

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:59:59.999Z, DAILY_UNIQUE",
        "2026-11-23T10:00:00Z, EVALUATION",
        "2026-11-23T10:59:59.999Z, EVALUATION",
        "2026-11-23T11:00:00Z, DAILY_UNIQUE",
    })
    void holdsAFirstVersionForAllButTheHourInWhichItArrived(Instant occurredAt, CountingPolicy expected) {
        // given
        var rules = ProjectRules.NONE.with(version(1, Instant.EPOCH, CountingPolicy.DAILY_UNIQUE), HALF_PAST);

        // then
        assertThat(rules.countingPolicy(occurredAt, LATER)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:59:59.999Z, EVALUATION",
        "2026-11-23T11:00:00Z, DAILY_UNIQUE",
    })
    void holdsAChangeFromTheFullHourAfterItArrived(Instant occurredAt, CountingPolicy expected) {
        // given
        var rules = ProjectRules.NONE
                .with(version(1, Instant.EPOCH, CountingPolicy.EVALUATION), Instant.EPOCH)
                .with(version(2, HALF_PAST.minusSeconds(9), CountingPolicy.DAILY_UNIQUE), HALF_PAST);

        // then
        assertThat(rules.countingPolicy(occurredAt, LATER)).isEqualTo(expected);
    }

    @Test
    void doesNotKnowAVersionThatArrivedAfterTheEvent() {
        // given
        var rules = ProjectRules.NONE.with(version(1, Instant.EPOCH, CountingPolicy.DAILY_UNIQUE), HALF_PAST);

        // when
        var before = rules.countingPolicy(LATER, HALF_PAST.minusMillis(1));
        var after = rules.countingPolicy(LATER, HALF_PAST);

        // then
        assertThat(List.of(before, after)).containsExactly(CountingPolicy.EVALUATION, CountingPolicy.DAILY_UNIQUE);
    }

    /** The engine reads policies by code of its own; the audit is worth nothing where the two understand them differently. */
    @Test
    void agreesWithTheEngineOnAnyHistory() {
        LongStream.range(0, 2_000).forEach(seed -> {
            // given
            var random = new Random(seed);
            var rules = ProjectRules.NONE;
            var history = PolicyHistory.empty("shop");
            var arrivedAt = HALF_PAST;
            for (int i = random.nextInt(5); i > 0; i--) {
                arrivedAt = arrivedAt.plus(step(random, 4));
                var policy = ProjectPolicy.newBuilder(version(
                                1 + random.nextInt(3),
                                HALF_PAST.plus(step(random, 8)),
                                POLICIES.get(random.nextInt(4))))
                        .setCountedEnvironments(random.nextBoolean() ? List.of("production") : null)
                        .setDedupeHorizonHours(1 + random.nextInt(168))
                        .build();
                rules = rules.with(policy, arrivedAt);
                history = history.with(new PolicyVersion(policy, arrivedAt));
            }

            for (int i = 0; i < 20; i++) {
                // when
                var occurred = HALF_PAST.plus(step(random, 12)).minus(step(random, 4));
                var arrived = HALF_PAST.plus(step(random, 12));

                // then
                assertThat(rules.countingPolicy(occurred, arrived))
                        .as("counting policy, seed %s", seed)
                        .isEqualTo(history.countingPolicyAt(occurred, arrived));
                var staging =
                        Events.event("1", occurred).setEnvironment("staging").build();
                assertThat(rules.exclusion(staging, arrived).isEmpty())
                        .as("environment, seed %s", seed)
                        .isEqualTo(history.admissionAt(occurred, arrived).getCountedEnvironments() == null);
                assertThat(rules.horizonHours(occurred, arrived))
                        .as("horizon, seed %s", seed)
                        .isEqualTo(history.admissionAt(occurred, arrived).getDedupeHorizonHours());
            }
        });
    }

    static Stream<UnaryOperator<ProjectPolicy.Builder>> changes() {
        return Stream.of(
                policy -> policy,
                policy -> policy.setProject("Shop"),
                policy -> policy.setAccount(""),
                policy -> policy.setVersion(0),
                policy -> policy.setEffectiveFrom(Instant.EPOCH.minusMillis(1)),
                policy -> policy.setEffectiveFrom(Instant.parse("9999-01-01T00:00:00Z")),
                policy -> policy.setCountingPolicy(CountingPolicy.UNKNOWN),
                policy -> policy.setCountedEnvironments(List.of("production", "a b")),
                policy -> policy.setWarnAfterDays(-1),
                policy -> policy.setCriticalAfterDays(13),
                policy -> policy.setMinimumImpressions(0),
                policy -> policy.setPropagationGraceMinutes(-1),
                policy -> policy.setDedupeHorizonHours(0),
                policy -> policy.setDedupeHorizonHours(168),
                policy -> policy.setDedupeHorizonHours(169),
                policy -> policy.setUnknownExperimentsPerDay(-1),
                policy -> policy.setVariantsPerExperiment(0),
                policy -> policy.setExcludedUnits(List.of("*")),
                policy -> policy.setExcludedUnits(List.of("a*b")),
                policy -> policy.setExcludedUnits(List.of("test-*", "probe")),
                policy -> policy.setExcludedUnits(List.of(" ")),
                policy -> policy.setExcludedUserAgents(List.of("")),
                policy -> policy.setExemptKinds(List.of("LEFTOVER_ROLLOUT", "ROLLOUT_MISMATCH", "REACTIVATED")),
                policy -> policy.setExemptKinds(List.of("ZOMBIE_TRAFFIC", "UNKNOWN_EXPERIMENT", "DECIDED_BUT_RUNNING")),
                policy -> policy.setExemptKinds(List.of("SOURCE_SILENT")),
                policy -> policy.setExemptKinds(List.of("leftover")),
                policy -> policy.setExemptTags(List.of(" ")),
                policy -> policy.setExemptExperiments(List.of("")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void takesTheVersionsThatTheEngineTakes(UnaryOperator<ProjectPolicy.Builder> change) {
        // given
        var policy = change.apply(ProjectPolicy.newBuilder(version(1, Instant.EPOCH, CountingPolicy.EVALUATION)))
                .build();

        // when
        var taken = UsablePolicy.is(policy.getProject(), policy);

        // then
        assertThat(taken).isEqualTo(PolicyHistory.problems(policy).isEmpty());
    }

    @Test
    void takesNoVersionUnderTheKeyOfAnotherProject() {
        assertThat(UsablePolicy.is("other", version(1, Instant.EPOCH, CountingPolicy.EVALUATION)))
                .isFalse();
    }

    private static Duration step(Random random, int hours) {
        // Full hours are where the edges are.
        return Duration.ofMinutes(15L * random.nextInt(4 * hours + 1));
    }

    private static ProjectPolicy version(long version, Instant from, CountingPolicy policy) {
        return Recounts.policy(version, from).setCountingPolicy(policy).build();
    }
}

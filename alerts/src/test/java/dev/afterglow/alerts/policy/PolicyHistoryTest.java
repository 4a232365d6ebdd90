package dev.afterglow.alerts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ProjectPolicy;
import dev.afterglow.schemas.serde.GeneratedClasses;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyHistoryTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    @Test
    void givesTheDocumentedDefaultsToAProjectWithoutAPolicy() {
        var policy = PolicyHistory.empty("shop").inForceAt(NOON);

        assertThat(policy.getAccount()).isEqualTo("default");
        assertThat(policy.getCountingPolicy()).isEqualTo(CountingPolicy.EVALUATION);
        assertThat(policy.getWarnAfterDays()).isEqualTo(14);
        assertThat(policy.getCriticalAfterDays()).isEqualTo(30);
        assertThat(PolicyHistory.isDefault(policy)).isTrue();
    }

    @Test
    void appliesTheFirstVersionBeforeItsEffectiveTimeToo() {
        var history = history(version(1, NOON, NOON), version(2, NOON.plusSeconds(60), NOON));

        assertThat(history.inForceAt(Instant.EPOCH).getVersion()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 1", "59, 1", "60, 3", "119, 3", "120, 2"})
    void ordersByEffectiveTimeAndNotByNumber(long second, long expected) {
        var history = history(
                version(1, NOON, NOON),
                version(3, NOON.plusSeconds(60), NOON),
                version(2, NOON.plusSeconds(120), NOON));

        assertThat(history.inForceAt(NOON.plusSeconds(second)).getVersion()).isEqualTo(expected);
    }

    @Test
    void prefersTheHigherOfTwoVersionsEffectiveAtTheSameTimeEvenBeforeIt() {
        var history = history(version(2, NOON, NOON), version(1, NOON, NOON.plusSeconds(9)));

        assertThat(history.inForceAt(NOON).getVersion()).isEqualTo(2);
        assertThat(history.inForceAt(NOON.minusSeconds(1)).getVersion()).isEqualTo(2);
    }

    @Test
    void replacesAVersionThatIsSentAgain() {
        var history = history(
                version(1, NOON, NOON), version(1, NOON, NOON.plusSeconds(9), policy -> policy.setAccount("second")));

        assertThat(history.versions()).hasSize(1);
        assertThat(history.inForceAt(NOON).getAccount()).isEqualTo("second");
    }

    @Test
    void refusesAVersionOfAnotherProject() {
        var history = PolicyHistory.empty("blog");

        assertThatThrownBy(() -> history.with(version(1, NOON, NOON)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop")
                .hasMessageContaining("blog");
    }

    @Test
    void namesTheNextChange() {
        var history = history(version(1, NOON, NOON), version(2, NOON.plusSeconds(60), NOON));

        assertThat(history.nextChangeAfter(NOON)).contains(NOON.plusSeconds(60));
        assertThat(history.nextChangeAfter(NOON.plusSeconds(60))).isEmpty();
    }

    @Nested
    class Counting {

        @ParameterizedTest(name = "effective {0}, arrived {1}, occurred {2}")
        @CsvSource({
            // a change waits for the full hour after it is in force
            "2026-11-03T14:10:00Z, 2026-11-03T13:00:00Z, 2026-11-03T14:59:59.999Z, EVALUATION",
            "2026-11-03T14:10:00Z, 2026-11-03T13:00:00Z, 2026-11-03T15:00:00Z, DAILY_UNIQUE",
            // and after it arrived
            "2026-11-03T14:10:00Z, 2026-11-03T16:20:00Z, 2026-11-03T16:59:59.999Z, EVALUATION",
            "2026-11-03T14:10:00Z, 2026-11-03T16:20:00Z, 2026-11-03T17:00:00Z, DAILY_UNIQUE",
            // at a full hour at once
            "2026-11-03T14:00:00Z, 2026-11-03T13:00:00Z, 2026-11-03T14:00:00Z, DAILY_UNIQUE",
            "2026-11-03T14:00:00Z, 2026-11-03T13:00:00Z, 2026-11-03T13:59:59.999Z, EVALUATION",
        })
        void changesAtAFullHour(Instant effective, Instant arrived, Instant occurred, CountingPolicy expected) {
            var history = history(
                    version(1, Instant.EPOCH, Instant.EPOCH),
                    version(2, effective, arrived, policy -> policy.setCountingPolicy(CountingPolicy.DAILY_UNIQUE)));

            assertThat(history.countingPolicyAt(occurred, Instant.parse("2026-11-09T00:00:00Z")))
                    .isEqualTo(expected);
        }

        @ParameterizedTest(name = "occurred {0}, arrived {1}")
        @CsvSource({
            // a log of 2019 that is sent after the policy
            "2019-11-24T00:00:00Z, 2026-11-03T12:21:00Z, DAILY_UNIQUE",
            // what came before the policy was counted without it, and is so on a replay
            "2019-11-24T00:00:00Z, 2026-11-03T12:19:00Z, EVALUATION",
            // the hour in which it came is counted as it began
            "2026-11-03T12:30:00Z, 2026-11-03T12:30:00Z, EVALUATION",
            "2026-11-03T13:00:00Z, 2026-11-03T13:00:00Z, DAILY_UNIQUE",
        })
        void countsUnderTheFirstPolicyWhatArrivesAfterIt(Instant occurred, Instant arrived, CountingPolicy expected) {
            var sent = Instant.parse("2026-11-03T12:20:00Z");
            var history =
                    history(version(1, sent, sent, policy -> policy.setCountingPolicy(CountingPolicy.DAILY_UNIQUE)));

            assertThat(history.countingPolicyAt(occurred, arrived)).isEqualTo(expected);
        }
    }

    @Nested
    class Environments {

        private final Instant sent = Instant.parse("2026-11-03T12:20:00Z");

        @ParameterizedTest(name = "occurred {0}, arrived {1}")
        @CsvSource({
            // what arrived before the policy was counted without it, and is so on a replay
            "2026-11-03T12:19:00Z, 2026-11-03T12:19:59.999Z, ",
            // what arrives after it is under it, also in the hour in which it came
            "2026-11-03T12:10:00Z, 2026-11-03T12:20:00Z, production",
            "2026-11-03T12:30:00Z, 2026-11-03T12:30:00Z, production",
            "2019-11-24T00:00:00Z, 2026-11-03T12:21:00Z, production",
        })
        void followTheFirstPolicyAtOnce(Instant occurred, Instant arrived, String expected) {
            var history =
                    history(version(1, sent, sent, policy -> policy.setCountedEnvironments(List.of("production"))));

            assertThat(history.admissionAt(occurred, arrived).getCountedEnvironments())
                    .isEqualTo(expected == null ? null : List.of(expected));
        }

        @ParameterizedTest(name = "occurred {0}")
        @CsvSource({"2026-11-03T12:59:59.999Z, production", "2026-11-03T13:00:00Z, staging"})
        void changeAtAFullHour(Instant occurred, String expected) {
            var history = history(
                    version(
                            1,
                            Instant.EPOCH,
                            Instant.EPOCH,
                            policy -> policy.setCountedEnvironments(List.of("production"))),
                    version(2, sent, sent, policy -> policy.setCountedEnvironments(List.of("staging"))));

            assertThat(history.admissionAt(occurred, sent.plusSeconds(3600)).getCountedEnvironments())
                    .containsExactly(expected);
        }
    }

    @Nested
    class Problems {

        @Test
        void findsNoneInAValidPolicy() {
            assertThat(PolicyHistory.problems(version(1, NOON, NOON).policy())).isEmpty();
        }

        @Test
        void findsAllWithFieldAndRemedy() {
            var policy = version(
                            0,
                            NOON,
                            NOON,
                            builder -> builder.setProject("Shop!")
                                    .setAccount("")
                                    .setCountingPolicy(CountingPolicy.UNKNOWN)
                                    .setCountedEnvironments(List.of("production", "Pre Prod"))
                                    .setWarnAfterDays(-1)
                                    .setCriticalAfterDays(-2)
                                    .setMinimumImpressions(0)
                                    .setPropagationGraceMinutes(-1)
                                    .setExemptTags(List.of(" "))
                                    .setExemptExperiments(List.of(""))
                                    .setExemptKinds(List.of("REACTIVATED", "zombie")))
                    .policy();

            assertThat(PolicyHistory.problems(policy))
                    .satisfiesExactly(
                            problem -> assertThat(problem).startsWith("project 'Shop!' is no slug: use"),
                            problem -> assertThat(problem).startsWith("account '' is no slug: use"),
                            problem -> assertThat(problem).startsWith("countedEnvironments 'Pre Prod' is no slug: use"),
                            problem -> assertThat(problem).isEqualTo("version is 0: use 1 or more"),
                            problem -> assertThat(problem).startsWith("countingPolicy is UNKNOWN: use EVALUATION"),
                            problem -> assertThat(problem).isEqualTo("warnAfterDays is -1: use 0 or more"),
                            problem -> assertThat(problem)
                                    .isEqualTo("criticalAfterDays is -2: use at least warnAfterDays, which is -1"),
                            problem -> assertThat(problem).isEqualTo("minimumImpressions is 0: use 1 or more"),
                            problem -> assertThat(problem).isEqualTo("propagationGraceMinutes is -1: use 0 or more"),
                            problem -> assertThat(problem).startsWith("exemptTags holds an empty entry"),
                            problem -> assertThat(problem).startsWith("exemptExperiments holds an empty entry"),
                            problem -> assertThat(problem)
                                    .isEqualTo("exemptKinds holds 'zombie': use LEFTOVER_ROLLOUT, DECIDED_BUT_RUNNING,"
                                            + " ZOMBIE_TRAFFIC, UNKNOWN_EXPERIMENT, REACTIVATED, ROLLOUT_MISMATCH"));
        }
    }

    private static PolicyHistory history(PolicyVersion... versions) {
        return PolicyHistory.of("shop", List.of(versions));
    }

    private static PolicyVersion version(long version, Instant effective, Instant arrived) {
        return version(version, effective, arrived, builder -> {});
    }

    private static PolicyVersion version(
            long version, Instant effective, Instant arrived, Consumer<ProjectPolicy.Builder> change) {
        GeneratedClasses.trust();
        var builder = ProjectPolicy.newBuilder()
                .setProject("shop")
                .setVersion(version)
                .setEffectiveFrom(effective);
        change.accept(builder);
        return new PolicyVersion(builder.build(), arrived);
    }
}

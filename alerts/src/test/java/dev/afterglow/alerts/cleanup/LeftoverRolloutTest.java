package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static dev.afterglow.alerts.cleanup.Fixtures.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.AlertMachine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an open alert. The experiment is at full rollout since 2026-11-03 09:20; the full hour after it is 10:00. */
class LeftoverRolloutTest {

    private final Desk desk = new Desk();

    @Nested
    class WhileOpen {

        @Test
        void escalatesByAgeOnce() {
            desk.openLeftover(60);
            assertThat(desk.file.getDueAt())
                    .as("when the last traffic seen is a day old")
                    .isEqualTo(hourOnDay(15));

            desk.judge(hourOnDay(30).minusSeconds(3600));
            assertThat(desk.file.getDueAt()).as("when it escalates").isEqualTo(hourOnDay(30));
            assertThat(desk.alerts).hasSize(1);
            desk.judge(hourOnDay(30));
            desk.judge(hourOnDay(31));

            assertThat(desk.alerts)
                    .extracting(Desk::brief)
                    .containsExactly("LEFTOVER_ROLLOUT OPEN", "LEFTOVER_ROLLOUT ESCALATED");
            assertThat(desk.alerts)
                    .extracting(CleanupAlert::getAlertId)
                    .containsOnly("LEFTOVER_ROLLOUT/shop/production/checkout-cta/-/1");
        }

        @Test
        void doesNotFlapOnOneImpressionADay() {
            desk.define(full(1, START)).under(policy(p -> p.setMinimumImpressions(100)));
            desk.traffic.add(hourOnDay(13), 100);
            for (var day = 14; day < 29; day++) {
                desk.traffic.add(hourOnDay(day), 1);
            }
            for (var hour = hourOnDay(14); hour.isBefore(hourOnDay(29)); hour = hour.plusSeconds(3600)) {
                desk.judge(hour);
            }

            assertThat(desk.alerts).extracting(Desk::brief).containsExactly("LEFTOVER_ROLLOUT OPEN");
        }

        @Test
        void resolvesWhenTheTrailingDayIsEmpty() {
            desk.openLeftover(20);
            desk.followDueTimes(hourOnDay(29));

            assertThat(desk.alerts)
                    .extracting(Desk::brief)
                    .containsExactly("LEFTOVER_ROLLOUT OPEN", "LEFTOVER_ROLLOUT RESOLVED TRAFFIC_STOPPED");
            // the last impressions are those of 09:00 to 09:15 on day 20
            assertThat(desk.alerts.get(1).getAt()).isEqualTo(hourOnDay(21));
        }

        @Test
        void holdsWhileTheWholeProjectIsSilent() {
            desk.openLeftover(20);
            for (var hour = 0; hour < 5; hour++) {
                desk.traffic.silentProject(hourOnDay(21).plusSeconds(3600L * hour));
            }
            desk.followDueTimes(hourOnDay(29));

            assertThat(desk.alerts).hasSize(2);
            assertThat(desk.alerts.get(1).getResolution()).isEqualTo(Resolution.TRAFFIC_STOPPED);
            assertThat(desk.alerts.get(1).getAt()).isEqualTo(hourOnDay(21).plus(Duration.ofHours(5)));
        }

        @Test
        void doesNotEscalateOnSilence() {
            desk.openLeftover(20);
            for (var hour = hourOnDay(21); hour.isBefore(hourOnDay(40)); hour = hour.plusSeconds(3600)) {
                desk.traffic.silentProject(hour);
            }
            desk.followDueTimes(hourOnDay(35));

            assertThat(desk.alerts).hasSize(1);
        }

        @Test
        void opensTheNextEpisodeWhenTrafficComesBack() {
            desk.openLeftover(20);
            desk.followDueTimes(hourOnDay(25));
            desk.traffic.add(hourOnDay(25), 70);
            desk.judge(hourOnDay(25).plusSeconds(3600));

            assertThat(desk.alerts)
                    .extracting(CleanupAlert::getAlertId)
                    .containsExactly(
                            "LEFTOVER_ROLLOUT/shop/production/checkout-cta/-/1",
                            "LEFTOVER_ROLLOUT/shop/production/checkout-cta/-/1",
                            "LEFTOVER_ROLLOUT/shop/production/checkout-cta/-/2");
        }

        @Test
        void saysNothingTwiceWhenItIsJudgedTwice() {
            desk.openLeftover(20);
            var before = desk.file;

            assertThat(desk.judge(hourOnDay(14))).isEmpty();
            assertThat(desk.file).isEqualTo(before);
        }

        @Test
        void staysOpenWhenThePolicyGivesMoreDays() {
            desk.openLeftover(40);
            desk.under(policy(p -> p.setWarnAfterDays(90).setCriticalAfterDays(99)));
            desk.judge(hourOnDay(31));

            assertThat(desk.alerts).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("ends")
    void resolvesAtTheTimeOfTheDefinitionThatEndsIt(ExperimentDefinition next, Resolution reason) {
        desk.openLeftover(40);
        desk.define(next);
        desk.judge(hourOnDay(15));
        assertThat(desk.file.getDueAt()).isEqualTo(next.getEffectiveFrom());

        desk.judge(next.getEffectiveFrom());

        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("LEFTOVER_ROLLOUT OPEN", "LEFTOVER_ROLLOUT RESOLVED " + reason);
        assertThat(desk.alerts.get(1).getAt()).isEqualTo(next.getEffectiveFrom());
        assertThat(desk.alerts.get(1).getOpenedAt()).isEqualTo(hourOnDay(14));
        assertThat(desk.alerts.get(1).getEvidence().getSince()).isEqualTo(START);
        assertThat(desk.alerts.get(1).getEvidence().getVariant()).isEqualTo("green");
    }

    static Stream<Arguments> ends() {
        var at = hourOnDay(15).plusSeconds(754);
        return Stream.of(
                arguments(inState(2, at, ExperimentState.INACTIVE), Resolution.DEACTIVATED),
                arguments(full(2, at, b -> b.setEnabled(false)), Resolution.DEACTIVATED),
                arguments(inState(2, at, ExperimentState.ARCHIVED), Resolution.ARCHIVED),
                arguments(split(2, at), Resolution.ALLOCATION_CHANGED),
                arguments(full(2, at, b -> b.setRolloutPercent(50)), Resolution.ALLOCATION_CHANGED),
                arguments(full(2, at, b -> b.setVariants(weights(1, 0))), Resolution.ALLOCATION_CHANGED),
                arguments(full(2, at, b -> b.setKind(ExperimentKind.FEATURE_FLAG)), Resolution.CONVERTED_TO_FLAG),
                arguments(full(2, at, b -> b.setPermanent(true)), Resolution.EXEMPTED),
                arguments(full(2, at, b -> b.setRun("second")), Resolution.NEW_RUN));
    }

    @Test
    void resolvesWhenThePolicyExemptsIt() {
        desk.openLeftover(40);
        desk.under(policy(p -> p.setExemptExperiments(List.of("checkout-cta"))));
        desk.judge(hourOnDay(15));

        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("LEFTOVER_ROLLOUT OPEN", "LEFTOVER_ROLLOUT RESOLVED EXEMPTED");
    }

    @Test
    void callsAFlagExemptedWhenThePolicyNoLongerIncludesFlags() {
        desk.define(full(1, START, b -> b.setKind(ExperimentKind.FEATURE_FLAG)))
                .under(policy(p -> p.setIncludeFeatureFlags(true)))
                .traffic
                .hourly(START, day(20), 1);
        desk.judge(hourOnDay(14));
        desk.under(policy(p -> {}));
        desk.judge(hourOnDay(15));

        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("LEFTOVER_ROLLOUT OPEN", "LEFTOVER_ROLLOUT RESOLVED EXEMPTED");
    }

    @Test
    void resolvesWithOneMessageWhatWasBrokenOffUnseen() {
        desk.openLeftover(40);
        desk.define(split(2, day(15)), full(3, day(16)));
        desk.judge(hourOnDay(17));

        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("LEFTOVER_ROLLOUT OPEN", "LEFTOVER_ROLLOUT RESOLVED ALLOCATION_CHANGED");
        assertThat(desk.file.getDueAt()).as("counts its days anew").isEqualTo(hourOnDay(30));
    }

    @Test
    void keepsTheSeverityOfTheEpisodeInItsResolution() {
        desk.openLeftover(40);
        desk.judge(hourOnDay(30));
        desk.define(split(2, day(31)));
        desk.judge(day(31));

        assertThat(desk.alerts.get(2).getStatus()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(desk.alerts.get(2).getSeverity()).isEqualTo(Severity.CRITICAL);
    }

    @Nested
    class Runs {

        @Test
        void startTheirEpisodesAtOneAndNeverUseAnIdTwice() {
            desk.under(policy(p -> p.setWarnAfterDays(1).setCriticalAfterDays(99)));
            desk.define(run(1, 0, "r/1"), run(2, 3, "r2"), run(3, 6, "r/1"))
                    .traffic
                    .hourly(START, day(10), 1);

            desk.judge(hourOnDay(0));
            desk.followDueTimes(hourOnDay(9));

            assertThat(desk.alerts)
                    .extracting(alert -> alert.getAlertId().substring(46) + " "
                            + Desk.brief(alert).substring(17))
                    .containsExactly(
                            "r%2F1/1 OPEN",
                            "r%2F1/1 RESOLVED NEW_RUN", "r2/1 OPEN", "r2/1 RESOLVED NEW_RUN", "r%2F1/2 OPEN");
        }

        private ExperimentDefinition run(long version, long day, String run) {
            return full(version, day(day), b -> b.setRun(run));
        }

        @Test
        void tellTheOldOwnersOfTheEnd() {
            desk.define(full(1, START, b -> b.setOwnerTeam("checkout"))).traffic.hourly(START, day(40), 1);
            desk.judge(hourOnDay(14));
            desk.define(full(2, day(16), b -> b.setRun("second").setOwnerTeam("growth")));
            desk.judge(day(16));

            assertThat(desk.alerts).extracting(CleanupAlert::getTeam).containsExactly("checkout", "checkout");
        }
    }

    @Test
    void knowsNoLeftoverOfAnExperimentWithoutADefinition() {
        desk.define(full(1, day(5)))
                .under(policy(p -> p.setWarnAfterDays(0)))
                .traffic
                .hourly(START, day(5), 9);

        assertThat(desk.judge(hourOnDay(0).plusSeconds(7200))).isEmpty();
        desk.judge(hourOnDay(2));
        assertThat(desk.alerts).extracting(Desk::brief).containsExactly("UNKNOWN_EXPERIMENT OPEN");
    }

    @Test
    void refusesToGoBackInTime() {
        desk.define(full(1, START)).judge(hourOnDay(2));

        assertThatThrownBy(() -> desk.judge(hourOnDay(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop/production/checkout-cta");
    }

    @Test
    void leavesMachinesOfOtherKindsAlone() {
        desk.openLeftover(40);
        var foreign = AlertMachine.newBuilder()
                .setKind("SOMETHING_LATER")
                .setStatus(AlertStatus.SNOOZED)
                .setEpisode(3)
                .setOpenedAt(START)
                .setSince(START)
                .build();
        desk.file.getMachines().add(foreign);
        desk.judge(hourOnDay(15));

        assertThat(desk.file.getMachines()).contains(foreign);
    }
}

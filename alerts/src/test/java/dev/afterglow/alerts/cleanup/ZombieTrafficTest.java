package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.definition;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An experiment that ran, and was archived on 2026-11-03 at 09:20; the default grace ends at 11:20. */
class ZombieTrafficTest {

    private final Desk desk = new Desk().define(split(1, day(-30)), inState(2, START, ExperimentState.ARCHIVED));

    @ParameterizedTest
    @CsvSource({
        "2026-11-03T09:00:00Z, false",
        "2026-11-03T11:00:00Z, false",
        "2026-11-03T11:15:00Z, false",
        "2026-11-03T11:30:00Z, true"
    })
    void looksAtQuarterHoursWhollyAfterTheGrace(Instant quarter, boolean opens) {
        desk.traffic.add(quarter, 500);

        desk.judge(Instant.parse("2026-11-03T12:00:00Z"));

        assertThat(desk.alerts).hasSize(opens ? 1 : 0);
    }

    @Test
    void opensAtOnceAndCountsOnlyWhatCameAfterTheGrace() {
        desk.traffic.hourly(day(-3), START, 1000).add(Instant.parse("2026-11-03T12:45:00Z"), 3);

        desk.judge(Instant.parse("2026-11-03T13:00:00Z"));

        assertThat(desk.alerts).extracting(Desk::brief).containsExactly("ZOMBIE_TRAFFIC OPEN");
        var evidence = desk.alerts.get(0).getEvidence();
        assertThat(evidence.getSince()).isEqualTo(START);
        assertThat(evidence.getImpressionsLastDay()).isEqualTo(3);
        assertThat(evidence.getImpressionsSince()).isEqualTo(3);
        assertThat(desk.alerts.get(0).getSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void waitsForTheMinimumOfThePolicy() {
        desk.under(policy(p -> p.setMinimumImpressions(4))).traffic.add(hourOnDay(1), 3);
        desk.judge(hourOnDay(1).plusSeconds(3600));
        assertThat(desk.alerts).isEmpty();

        desk.traffic.add(hourOnDay(1).plusSeconds(3600), 1);
        desk.judge(hourOnDay(1).plusSeconds(7200));

        assertThat(desk.alerts).hasSize(1);
    }

    @Test
    void escalatesByAge() {
        desk.traffic.hourly(day(1), day(40), 1);
        desk.judge(hourOnDay(2));
        desk.judge(hourOnDay(30).minusSeconds(3600));
        assertThat(desk.file.getDueAt()).isEqualTo(hourOnDay(30));
        desk.judge(hourOnDay(30));

        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("ZOMBIE_TRAFFIC OPEN", "ZOMBIE_TRAFFIC ESCALATED");
    }

    @Test
    void resolvesWhenTrafficStopsAndOpensAgainAsTheNextEpisode() {
        desk.traffic.hourly(day(1), day(2), 1).add(hourOnDay(8), 16);
        desk.judge(hourOnDay(2));
        desk.followDueTimes(hourOnDay(7));
        desk.judge(hourOnDay(8).plusSeconds(3600));

        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly(
                        "ZOMBIE_TRAFFIC OPEN", "ZOMBIE_TRAFFIC RESOLVED TRAFFIC_STOPPED", "ZOMBIE_TRAFFIC OPEN");
        assertThat(desk.alerts).extracting(CleanupAlert::getEpisode).containsExactly(1, 1, 2);
    }

    @Test
    void staysOpenFromDeactivationThroughArchiving() {
        var desk = new Desk()
                .define(
                        split(1, day(-30)),
                        inState(2, START, ExperimentState.INACTIVE),
                        inState(3, day(3), ExperimentState.ARCHIVED));
        desk.traffic.hourly(START, day(5), 1);
        desk.judge(hourOnDay(1));
        desk.judge(day(3));
        desk.judge(hourOnDay(4));

        assertThat(desk.alerts).extracting(Desk::brief).containsExactly("ZOMBIE_TRAFFIC OPEN");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("ends")
    void resolvesAtTheTimeOfTheDefinitionThatEndsIt(ExperimentDefinition next, Resolution reason) {
        desk.traffic.hourly(day(1), day(3), 1);
        desk.judge(hourOnDay(2));
        desk.define(next);
        desk.judge(next.getEffectiveFrom());

        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("ZOMBIE_TRAFFIC OPEN", "ZOMBIE_TRAFFIC RESOLVED " + reason);
    }

    static Stream<Arguments> ends() {
        var at = hourOnDay(2).plusSeconds(77);
        return Stream.of(
                arguments(split(3, at), Resolution.REACTIVATED),
                arguments(
                        definition(3, at, b -> b.setState(ExperimentState.DRAFT).setRun("second")), Resolution.NEW_RUN),
                arguments(
                        definition(
                                3, at, b -> b.setState(ExperimentState.ARCHIVED).setPermanent(true)),
                        Resolution.EXEMPTED),
                arguments(
                        definition(
                                3, at, b -> b.setState(ExperimentState.ARCHIVED).setKind(ExperimentKind.FEATURE_FLAG)),
                        Resolution.CONVERTED_TO_FLAG));
    }

    @Test
    void opensAnewAfterAnUnseenReactivation() {
        desk.traffic.hourly(day(1), day(9), 1);
        desk.judge(hourOnDay(2));
        desk.define(split(3, day(3)), inState(4, day(4), ExperimentState.ARCHIVED));
        desk.judge(hourOnDay(5));

        assertThat(desk.alerts)
                .extracting(alert -> Desk.brief(alert) + " " + alert.getEpisode())
                .containsExactly(
                        "ZOMBIE_TRAFFIC OPEN 1", "ZOMBIE_TRAFFIC RESOLVED REACTIVATED 1", "ZOMBIE_TRAFFIC OPEN 2");
    }

    @Test
    void isNotADraftThatWasNeverLive() {
        var desk = new Desk().define(inState(1, START, ExperimentState.DRAFT));
        desk.traffic.hourly(START, day(5), 9);
        desk.judge(hourOnDay(5));

        assertThat(desk.alerts).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 1"})
    void includesFeatureFlagsWhereThePolicySaysSo(boolean include, int alerts) {
        var desk = new Desk()
                .define(
                        split(1, day(-30)),
                        definition(
                                2,
                                START,
                                b -> b.setState(ExperimentState.ARCHIVED).setKind(ExperimentKind.FEATURE_FLAG)))
                .under(policy(p -> p.setIncludeFeatureFlags(include)));
        desk.traffic.hourly(START, day(5), 9);
        desk.judge(hourOnDay(5));

        assertThat(desk.alerts).hasSize(alerts);
    }

    @Test
    void followsALeftoverThatWasArchivedButNotRemoved() {
        var desk = new Desk().define(Fixtures.full(1, START), inState(2, day(20), ExperimentState.ARCHIVED));
        desk.traffic.hourly(START, day(25), 2);
        desk.judge(hourOnDay(14));
        desk.judge(day(20));
        desk.judge(hourOnDay(20));
        desk.judge(hourOnDay(20).plusSeconds(7200));
        desk.judge(hourOnDay(20).plusSeconds(3 * 3600));

        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("LEFTOVER_ROLLOUT OPEN", "LEFTOVER_ROLLOUT RESOLVED ARCHIVED", "ZOMBIE_TRAFFIC OPEN");
    }
}

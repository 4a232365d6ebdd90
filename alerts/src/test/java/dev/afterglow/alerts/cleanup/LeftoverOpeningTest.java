package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.policyVersion;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.Severity;
import dev.afterglow.state.AlertMachine;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When the alert opens. The experiment is at full rollout since 2026-11-03 09:20; the full hour after it is 10:00. */
class LeftoverOpeningTest {

    private final Desk desk = new Desk();

    @Test
    void waitsForTheDaysOfThePolicyAndOpensAtTheFullHourAfterThem() {
        desk.define(full(1, START)).traffic.hourly(START, day(20), 1);
        desk.judge(hourOnDay(0));
        assertThat(desk.file.getDueAt()).isEqualTo(hourOnDay(14));
        assertThat(desk.file.getMachines()).extracting(AlertMachine::getStatus).containsExactly(AlertStatus.PENDING);

        assertThat(desk.judge(hourOnDay(14).minusSeconds(3600))).isEmpty();
        var alerts = desk.judge(hourOnDay(14));

        assertThat(alerts).extracting(Desk::brief).containsExactly("LEFTOVER_ROLLOUT OPEN");
        assertThat(alerts.get(0).getSeverity()).isEqualTo(Severity.WARNING);
        assertThat(alerts.get(0).getAt()).isEqualTo(hourOnDay(14));
        assertThat(alerts.get(0).getOpenedAt()).isEqualTo(hourOnDay(14));
    }

    @Test
    void needsTrafficInTheTrailingDay() {
        desk.define(full(1, START)).traffic.add(hourOnDay(12), 1000);
        assertThat(desk.judge(hourOnDay(14))).isEmpty();
        assertThat(desk.file.getDueAt()).as("only news can open it").isNull();

        desk.traffic.add(hourOnDay(15), 1);

        assertThat(desk.judge(hourOnDay(15))).as("the running hour").isEmpty();
        assertThat(desk.judge(hourOnDay(15).plusSeconds(3600)))
                .extracting(Desk::brief)
                .containsExactly("LEFTOVER_ROLLOUT OPEN");
    }

    @Test
    void needsTheMinimumOfThePolicy() {
        desk.define(full(1, START))
                .under(policy(p -> p.setMinimumImpressions(10)))
                .traffic
                .add(hourOnDay(13), 9);
        assertThat(desk.judge(hourOnDay(14))).isEmpty();

        desk.traffic.add(hourOnDay(13), 1);

        assertThat(desk.judge(hourOnDay(14))).as("late traffic, same hour").hasSize(1);
    }

    @Test
    void doesNotCountTrafficFromBeforeTheFullRollout() {
        desk.define(split(1, day(-9)), full(2, START))
                .under(policy(p -> p.setWarnAfterDays(0)))
                .traffic
                .hourly(day(-9), START, 100)
                .add(Instant.parse("2026-11-03T09:15:00Z"), 100);

        assertThat(desk.judge(hourOnDay(0))).isEmpty();

        desk.traffic.add(Instant.parse("2026-11-03T09:30:00Z"), 1);
        assertThat(desk.judge(hourOnDay(0))).hasSize(1);
    }

    @Test
    void isLeftToTheFullHour() {
        desk.define(full(1, START)).traffic.hourly(START, day(20), 1);

        assertThat(desk.judge(hourOnDay(15).plusSeconds(60))).isEmpty();
        assertThat(desk.file.getDueAt()).isEqualTo(hourOnDay(15).plusSeconds(3600));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spared")
    void spares(String what, ExperimentDefinition definition, Desk under) {
        under.define(definition).traffic.hourly(START, day(40), 100);

        under.judge(hourOnDay(14));
        under.judge(hourOnDay(30));

        assertThat(under.alerts).isEmpty();
    }

    @Test
    void escalatesWithOneMessageWhenItIsFirstJudgedTooLate() {
        desk.define(full(1, START)).traffic.hourly(START, day(40), 1);

        var alerts = desk.judge(hourOnDay(31));

        assertThat(alerts).extracting(Desk::brief).containsExactly("LEFTOVER_ROLLOUT ESCALATED");
        assertThat(alerts.get(0).getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(alerts.get(0).getOpenedAt()).isEqualTo(hourOnDay(31));
    }

    @Test
    void followsAPolicyThatWarnsEarlierFromTheFullHourOn() {
        var change = hourOnDay(5).plusSeconds(90);
        desk.define(full(1, START))
                .under(policy(p -> {}).with(policyVersion(2, change, p -> p.setWarnAfterDays(3))))
                .traffic
                .hourly(START, day(20), 1);

        desk.judge(hourOnDay(5));
        assertThat(desk.file.getDueAt()).isEqualTo(hourOnDay(5).plusSeconds(3600));
        desk.judge(desk.file.getDueAt());

        assertThat(desk.alerts).extracting(Desk::brief).containsExactly("LEFTOVER_ROLLOUT OPEN");
        assertThat(desk.alerts.get(0).getEvidence().getPolicyVersion()).isEqualTo(2);
    }

    static Stream<Arguments> spared() {
        return Stream.of(
                arguments("a split", split(1, START), new Desk()),
                arguments(
                        "a targeted rollout",
                        full(
                                1,
                                START,
                                b -> b.setRolloutPercent(0).setSegments(List.of(Fixtures.segment("beta", 100, 0, 1)))),
                        new Desk()),
                arguments("what is permanent", full(1, START, b -> b.setPermanent(true)), new Desk()),
                arguments("a feature flag", full(1, START, b -> b.setKind(ExperimentKind.FEATURE_FLAG)), new Desk()),
                arguments(
                        "an exempt tag",
                        full(1, START, b -> b.setTags(List.of("ops", "legal"))),
                        new Desk().under(policy(p -> p.setExemptTags(List.of("legal"))))),
                arguments(
                        "an exempt experiment",
                        full(1, START),
                        new Desk().under(policy(p -> p.setExemptExperiments(List.of("checkout-cta"))))));
    }
}

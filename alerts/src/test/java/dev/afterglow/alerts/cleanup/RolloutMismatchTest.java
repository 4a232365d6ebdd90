package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.definition;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static dev.afterglow.alerts.cleanup.Fixtures.segment;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static dev.afterglow.alerts.cleanup.Fixtures.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentKind;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An experiment that serves 'green' to everyone, or is split half and half, from 2026-11-03 at 09:20 on. */
class RolloutMismatchTest {

    /** With the propagation grace of two hours, and a day of traffic to look at. */
    private static final Instant OPENS = Instant.parse("2026-11-04T12:00:00Z");

    @Test
    void saysWhatIsServedBesideTheVariantForEveryone() {
        var desk = new Desk().define(split(1, day(-30)), full(2, START));
        desk.traffic.hourly(START, day(3), "green", 990).hourly(START, day(3), "blue", 10);

        judgeHourly(desk, OPENS);

        assertThat(mismatches(desk)).extracting(Desk::brief).containsExactly("ROLLOUT_MISMATCH OPEN");
        var alert = mismatches(desk).get(0);
        assertThat(alert.getAt()).isEqualTo(OPENS);
        assertThat(alert.getSummary())
                .isEqualTo(
                        "shop/production/checkout-cta is defined to serve 'green' to everyone since 2026-11-03, but of"
                                + " 24,000 impressions others than 'green' got 240 ('blue' 240) in the last 24 h with traffic:"
                                + " make the code follow the definition, or correct the definition.");
        assertThat(alert.getEvidence().getSince()).isEqualTo(START);
        assertThat(alert.getEvidence().getVariant()).isEqualTo("green");
    }

    @Test
    void saysThatOnlyOneOfSeveralVariantsIsServed() {
        var desk = new Desk().define(split(1, START));
        desk.traffic.hourly(START, day(3), "blue", 42);

        judgeHourly(desk, OPENS);

        assertThat(mismatches(desk)).extracting(Desk::brief).containsExactly("ROLLOUT_MISMATCH OPEN");
        assertThat(mismatches(desk).get(0).getSummary())
                .contains("is defined to be split since 2026-11-03, but 'blue' got all of 1,008 impressions");
    }

    @ParameterizedTest
    @CsvSource({
        // a day's impressions of the variant for everyone and of another one; whether that is worth an alert
        "23976, 24, false",
        "23760, 240, true",
        "960, 24, false",
        "0, 1200, true",
        "24000, 0, false"
    })
    void waitsForAThousandImpressionsAndOnePercentOfThemAtFullRollout(long green, long blue, boolean opens) {
        var desk = new Desk().define(full(1, START));
        desk.traffic.hourly(START, day(3), "green", green / 24).hourly(START, day(3), "blue", blue / 24);

        judgeHourly(desk, OPENS.plus(Duration.ofHours(9)));

        assertThat(mismatches(desk)).hasSize(opens ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        // share of the variant that nobody sees; a day's impressions; whether chance does not explain it
        "50, 1008, true",
        "50, 984, false",
        "1, 9600, false",
        "1, 10800, true"
    })
    void waitsForSoManyThatAHundredWereToSeeAnotherVariant(double share, long impressions, boolean opens) {
        var desk = new Desk().define(definition(1, START, b -> b.setVariants(weights(share, 100 - share))));
        desk.traffic.hourly(START, day(3), "green", impressions / 24);

        judgeHourly(desk, OPENS.plus(Duration.ofHours(9)));

        assertThat(mismatches(desk)).hasSize(opens ? 1 : 0);
    }

    @Test
    void ignoresWhatClientsServeBeforeTheyHaveHeardOfTheDefinition() {
        var desk = new Desk().define(split(1, day(-30)), full(2, START));
        desk.traffic
                .hourly(day(-2), START.plus(Duration.ofHours(2)), "blue", 1000)
                .hourly(START, day(3), "green", 1000);

        judgeHourly(desk, day(3));

        assertThat(mismatches(desk)).isEmpty();
    }

    @Test
    void staysOpenWhileAFewStrayAndEndsWhenNoneDoes() {
        var desk = new Desk().define(full(1, START));
        desk.traffic
                .hourly(START, day(9), "green", 1000)
                .hourly(START, day(2), "blue", 100)
                .add(hourOnDay(3).minusSeconds(7200), "blue", 1);

        judgeHourly(desk, day(8));

        assertThat(mismatches(desk))
                .extracting(Desk::brief)
                .containsExactly("ROLLOUT_MISMATCH OPEN", "ROLLOUT_MISMATCH RESOLVED AGREED");
        assertThat(mismatches(desk).get(1).getAt()).isEqualTo(hourOnDay(4).minusSeconds(3600));
    }

    @Test
    void staysOpenWhileHardlyAnybodySeesTheOtherVariant() {
        var desk = new Desk().define(split(1, START));
        desk.traffic
                .hourly(START, day(9), "green", 100)
                .add(hourOnDay(2), "blue", 9)
                .hourly(hourOnDay(4), day(9), "blue", 1);

        judgeHourly(desk, day(8));

        assertThat(mismatches(desk))
                .extracting(alert -> Desk.brief(alert) + " " + alert.getAt())
                .containsExactly(
                        "ROLLOUT_MISMATCH OPEN " + OPENS,
                        "ROLLOUT_MISMATCH RESOLVED AGREED " + hourOnDay(4).plus(Duration.ofHours(10)));
    }

    @Test
    void holdsWhileTheWholeProjectIsSilentAndEndsWhenOnlyItsOwnTrafficHasStopped() {
        var desk = new Desk().define(split(1, START));
        desk.traffic.hourly(START, day(2), "green", 100);
        for (var hour = hourOnDay(2); hour.isBefore(hourOnDay(5)); hour = hour.plusSeconds(3600)) {
            desk.traffic.silentProject(hour);
        }

        judgeHourly(desk, day(8));

        assertThat(mismatches(desk))
                .extracting(alert -> Desk.brief(alert) + " " + alert.getAt())
                .containsExactly(
                        "ROLLOUT_MISMATCH OPEN " + OPENS, "ROLLOUT_MISMATCH RESOLVED TRAFFIC_STOPPED " + hourOnDay(5));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("ends")
    void endsAtTheTimeOfTheDefinitionThatChangesWhatIsAskedFor(ExperimentDefinition next, Resolution reason) {
        var desk = new Desk().define(split(1, START));
        desk.traffic.hourly(START, day(4), "green", 100);
        judgeHourly(desk, hourOnDay(2));

        desk.define(next).judge(next.getEffectiveFrom());

        assertThat(mismatches(desk))
                .extracting(Desk::brief)
                .containsExactly("ROLLOUT_MISMATCH OPEN", "ROLLOUT_MISMATCH RESOLVED " + reason);
    }

    static Stream<Arguments> ends() {
        var at = hourOnDay(2).plusSeconds(77);
        return Stream.of(
                arguments(full(2, at), Resolution.ALLOCATION_CHANGED),
                arguments(inState(2, at, ExperimentState.ARCHIVED), Resolution.ARCHIVED),
                arguments(inState(2, at, ExperimentState.INACTIVE), Resolution.DEACTIVATED),
                arguments(definition(2, at, b -> b.setRun("second")), Resolution.NEW_RUN),
                arguments(definition(2, at, b -> b.setPermanent(true)), Resolution.EXEMPTED),
                arguments(
                        definition(2, at, b -> b.setKind(ExperimentKind.FEATURE_FLAG)), Resolution.CONVERTED_TO_FLAG));
    }

    @Test
    void isNotAskedWhereSegmentsMayExplainWhatIsSeenOrOneVariantIsAllThereIs() {
        var desk = new Desk()
                .define(
                        definition(1, START, b -> b.setSegments(List.of(segment("beta", 100, 1, 1)))),
                        definition(2, day(5), b -> b.setVariants(weights(0, 1)).setRolloutPercent(20)));
        desk.traffic.hourly(START, day(9), "green", 1000);

        judgeHourly(desk, day(9));

        assertThat(mismatches(desk)).isEmpty();
    }

    @Test
    void becomesCriticalWithTheDaysOfThePolicyThoughNotBeforeItOpens() {
        var desk = new Desk()
                .define(split(1, START))
                .under(policy(p -> p.setWarnAfterDays(0).setCriticalAfterDays(0)));
        desk.traffic.hourly(START, day(3), "green", 100);

        judgeHourly(desk, OPENS);

        assertThat(mismatches(desk))
                .extracting(alert -> Desk.brief(alert) + " " + alert.getAt())
                .containsExactly("ROLLOUT_MISMATCH ESCALATED " + OPENS);
    }

    private static void judgeHourly(Desk desk, Instant until) {
        for (var hour = hourOnDay(0); !hour.isAfter(until); hour = hour.plusSeconds(3600)) {
            desk.judge(hour);
        }
    }

    private static List<CleanupAlert> mismatches(Desk desk) {
        return desk.alerts.stream()
                .filter(alert -> alert.getAlertId().startsWith("ROLLOUT_MISMATCH"))
                .toList();
    }
}

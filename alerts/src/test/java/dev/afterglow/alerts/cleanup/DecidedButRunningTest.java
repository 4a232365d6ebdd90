package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.definition;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static dev.afterglow.alerts.cleanup.Fixtures.weights;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.Decision;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Decided on 2026-11-03 at 09:20, and split ever since. */
class DecidedButRunningTest {

    private final Desk desk = new Desk();

    @Test
    void opensAndEscalatesByTheDaysSinceTheDecision() {
        // given
        desk.define(split(1, START.minusSeconds(90 * 86_400L)), decided(2, START, "green"));
        desk.traffic.hourly(START, hourOnDay(40), 10);

        // when
        desk.judge(hourOnDay(1));
        desk.followDueTimes(hourOnDay(39));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("DECIDED_BUT_RUNNING OPEN", "DECIDED_BUT_RUNNING ESCALATED");
        assertThat(desk.alerts).extracting(alert -> alert.getAt()).containsExactly(hourOnDay(14), hourOnDay(30));
    }

    @Test
    void saysWhatWasDecidedAndWhatToDo() {
        // given
        open("green");

        // then
        assertThat(desk.alerts.get(0).getSummary())
                .isEqualTo("shop/production/checkout-cta was decided for 'green' but is still split for 14 days (since"
                        + " 2026-11-03) and consumed 240 impressions in the last 24 h: put 'green' in the code and archive"
                        + " the experiment.");
        assertThat(desk.alerts.get(0).getEvidence().getVariant()).isEqualTo("green");
    }

    @Test
    void namesNoVariantWhenItIsToBeRolledBack() {
        // given
        desk.define(definition(
                1, START, builder -> builder.setDecision(Decision.ROLL_BACK).setWinner("green")));
        desk.traffic.hourly(START, hourOnDay(20), 10);

        // when
        desk.judge(hourOnDay(14));

        // then
        assertThat(desk.alerts.get(0).getSummary())
                .contains("was decided to be rolled back", "remove it from the code");
        assertThat(desk.alerts.get(0).getEvidence().getVariant()).isNull();
    }

    @Test
    void asksForTheWinnerThatNobodyNamed() {
        // given
        desk.define(decided(1, START, null));
        desk.traffic.hourly(START, hourOnDay(20), 10);

        // when
        desk.judge(hourOnDay(14));

        // then
        assertThat(desk.alerts.get(0).getSummary()).contains("name the winner, put it in the code and archive");
    }

    @Test
    void leavesAloneWhatServesItsTargetSegments() {
        // given
        desk.define(definition(
                1,
                START,
                builder -> builder.setDecision(Decision.ROLL_OUT)
                        .setRolloutPercent(0)
                        .setSegments(List.of(Fixtures.segment("beta", 100, 0, 1)))));
        desk.traffic.hourly(START, hourOnDay(20), 10);

        // when
        desk.judge(hourOnDay(19));

        // then
        assertThat(desk.alerts).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Decision.class,
            names = {"NONE", "CONTINUE", "UNKNOWN"})
    void leavesAloneWhatIsNotDecided(Decision decision) {
        // given
        desk.define(definition(1, START, builder -> builder.setDecision(decision)));
        desk.traffic.hourly(START, hourOnDay(40), 10);

        // when
        desk.judge(hourOnDay(39));

        // then
        assertThat(desk.alerts).isEmpty();
    }

    @Test
    void countsTheDaysAnewWhenAnotherWinnerIsDecided() {
        // given
        desk.define(decided(1, START, "green"), decided(2, hourOnDay(10), "blue"));
        desk.traffic.hourly(START, hourOnDay(40), 10);

        // when
        desk.judge(hourOnDay(11));
        desk.followDueTimes(hourOnDay(30));

        // then
        assertThat(desk.alerts).singleElement().satisfies(alert -> {
            assertThat(alert.getAt()).isEqualTo(hourOnDay(24));
            assertThat(alert.getEvidence().getVariant()).isEqualTo("blue");
        });
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("ALLOCATION_CHANGED", change(builder -> builder.setVariants(weights(0, 1)))),
                Arguments.of("ARCHIVED", inState(2, hourOnDay(16), ExperimentState.ARCHIVED)),
                Arguments.of("DEACTIVATED", inState(2, hourOnDay(16), ExperimentState.INACTIVE)),
                Arguments.of("EXEMPTED", change(builder -> builder.setPermanent(true))),
                Arguments.of("SUPERSEDED", change(builder -> builder.setDecision(Decision.CONTINUE))),
                Arguments.of("SUPERSEDED", change(builder -> builder.setWinner("blue"))),
                Arguments.of("NEW_RUN", change(builder -> builder.setRun("second"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void endsForTheReasonThatEndedIt(String reason, ExperimentDefinition version) {
        // given
        open("green");

        // when
        desk.define(version);
        desk.judge(hourOnDay(16));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .contains("DECIDED_BUT_RUNNING OPEN", "DECIDED_BUT_RUNNING RESOLVED " + reason);
    }

    private void open(String winner) {
        desk.define(decided(1, START, winner));
        desk.traffic.hourly(START, hourOnDay(20), 10);
        desk.judge(hourOnDay(14));
    }

    private static ExperimentDefinition decided(long version, Instant from, String winner) {
        return definition(
                version, from, builder -> builder.setDecision(Decision.ROLL_OUT).setWinner(winner));
    }

    private static ExperimentDefinition change(Consumer<ExperimentDefinition.Builder> change) {
        return definition(2, hourOnDay(16), builder -> {
            builder.setDecision(Decision.ROLL_OUT).setWinner("green");
            change.accept(builder);
        });
    }
}

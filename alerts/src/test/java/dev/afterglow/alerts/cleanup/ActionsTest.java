package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.NextStep;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.PendingAction;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What becomes of an alert on which somebody acts. It is a leftover since 2026-11-03 09:20, and opens on day 14 at 10:00. */
class ActionsTest {

    private static final String ALERT = "LEFTOVER_ROLLOUT/shop/production/checkout-cta/-/1";

    /** Within an hour, as people act. */
    private static final Instant NIGHT = hourOnDay(15).plus(Duration.ofMinutes(17));

    private final Desk desk = new Desk();

    @Test
    void tellsWhoAcknowledgedOnceAndLeavesTheStateAsItIs() {
        // given
        desk.openLeftover(60);

        // when
        act(ActionKind.ACKNOWLEDGE, NIGHT);
        desk.judge(NIGHT);
        desk.judge(hourOnDay(16));

        // then
        assertThat(desk.last())
                .extracting(CleanupAlert::getStatus, CleanupAlert::getAt)
                .containsExactly(AlertStatus.OPEN, NIGHT);
        assertThat(desk.last().getAlertId()).isEqualTo(ALERT);
        assertThat(desk.last().getAcknowledgedBy()).isEqualTo("ada");
        assertThat(desk.last().getSummary()).endsWith(" Acknowledged by ada.");
        assertThat(desk.alerts).hasSize(2);
    }

    @Test
    void keepsTheAcknowledgementForTheRestOfTheEpisode() {
        // given
        desk.openLeftover(60);
        act(ActionKind.ACKNOWLEDGE, NIGHT);
        desk.judge(NIGHT);

        // when
        desk.followDueTimes(hourOnDay(30));

        // then
        assertThat(desk.last().getStatus()).isEqualTo(AlertStatus.ESCALATED);
        assertThat(desk.last().getAcknowledgedBy()).isEqualTo("ada");
    }

    @Test
    void saysNothingOfAnActionThatChangesNothing() {
        // given
        desk.openLeftover(60);
        act(ActionKind.ACKNOWLEDGE, NIGHT);
        desk.judge(NIGHT);

        // when
        act(ActionKind.ACKNOWLEDGE, day(16));
        desk.judge(day(16));

        // then
        assertThat(desk.alerts).hasSize(2);
    }

    @Test
    void takesNoMoreThanACaseCanHold() {
        // given
        for (int i = 0; i < 1_000; i++) {
            act(ActionKind.ACKNOWLEDGE, NIGHT);
        }

        // then
        var more = Fixtures.action(ALERT, KEY, ActionKind.ACKNOWLEDGE, NIGHT, null);
        assertThat(CaseJudge.note(desk.file, new PendingAction(more, 0L, NIGHT)))
                .isEmpty();
    }

    @Test
    void judgesTheNextRunThoughItsDefinitionComesAfterTheMark() {
        // given the version of another run that took effect before the mark, and arrives after it
        desk.openLeftover(60);
        act(ActionKind.PERMANENT, NIGHT);
        desk.judge(NIGHT);
        desk.definitions = desk.definitions.permanentIn(desk.file.getPermanentRuns());

        // when
        desk.define(full(2, NIGHT.minusSeconds(60), version -> version.setRun("second")));

        // then
        assertThat(desk.definitions.phaseAt(NIGHT.plusSeconds(60)).orElseThrow().definition())
                .satisfies(inForce -> {
                    assertThat(inForce.getRun()).isEqualTo("second");
                    assertThat(inForce.getPermanent()).isFalse();
                });
        var stored = Definitions.fromHistory(desk.definitions.toHistory());
        assertThat(stored.phases()).isEqualTo(desk.definitions.phases());
        assertThat(stored.versions())
                .extracting(ExperimentDefinition::getPermanent)
                .containsOnly(false);
    }

    @Test
    void ticksTheStepsThatSomebodySaysAreDone() {
        // given
        desk.openLeftover(60);

        // when
        act(ActionKind.IMPLEMENTED, NIGHT);
        act(ActionKind.DOCUMENTED, NIGHT);
        desk.judge(NIGHT);

        // then one message tells both
        assertThat(desk.alerts).hasSize(2);
        assertThat(desk.last().getNextSteps())
                .extracting(NextStep::getDone)
                .containsExactly(false, true, false, true, false);
    }

    @Test
    void exemptsTheRunFromTheTimeOnAtWhichSomebodyMarkedItAsPermanent() {
        // given
        desk.openLeftover(60);
        act(ActionKind.PERMANENT, NIGHT);

        // when
        desk.judge(NIGHT);
        desk.define(split(2, day(17)), full(3, day(18)));
        desk.judge(day(17));
        desk.judge(day(18));
        desk.judge(hourOnDay(40));

        // then
        assertThat(desk.statuses()).containsExactly(AlertStatus.OPEN, AlertStatus.RESOLVED);
        assertThat(desk.last().getResolution()).isEqualTo(Resolution.EXEMPTED);
        assertThat(desk.last().getAt()).isEqualTo(NIGHT);
        var marked = desk.definitions.permanentIn(desk.file.getPermanentRuns());
        assertThat(marked.leftoverIntervals(desk.policies)).containsExactly(new Interval(START, NIGHT));
        assertThat(marked.permanentIn(desk.file.getPermanentRuns())).isSameAs(marked);
    }

    @Test
    void judgesTheNextRunOfWhatWasPermanentAnew() {
        // given
        desk.openLeftover(60);
        act(ActionKind.PERMANENT, NIGHT);
        desk.judge(NIGHT);

        // when
        desk.define(full(2, day(16), version -> version.setRun("second")));
        desk.judge(day(16));
        desk.judge(hourOnDay(31));

        // then
        assertThat(desk.last().getRun()).isEqualTo("second");
        assertThat(desk.last().getStatus()).isEqualTo(AlertStatus.OPEN);
    }

    @Test
    void waitsForTheTimeAtWhichItWasDone() {
        // given
        desk.openLeftover(60);
        act(ActionKind.ACKNOWLEDGE, NIGHT);

        // when
        desk.judge(NIGHT.minusSeconds(1));

        // then
        assertThat(desk.alerts).hasSize(1);
        assertThat(desk.file.getDueAt()).isEqualTo(NIGHT);
        assertThat(desk.file.getPendingActions()).hasSize(1);
    }

    @Test
    void tellsOfAnActionThatIsHeardLateAtTheTimeThatTheCaseHasReached() {
        // given
        desk.openLeftover(60);
        desk.judge(hourOnDay(20));

        // when
        act(ActionKind.ACKNOWLEDGE, NIGHT);
        desk.judge(hourOnDay(20));

        // then
        assertThat(desk.last().getAt()).isEqualTo(hourOnDay(20));
        assertThat(desk.last().getAcknowledgedBy()).isEqualTo("ada");
    }

    @Test
    void refusesAnActionOnAnAlertThatWasResolved() {
        // given
        desk.openLeftover(60);
        desk.define(inState(2, day(16), ExperimentState.ARCHIVED));
        desk.judge(day(16));

        // when
        act(ActionKind.ACKNOWLEDGE, day(17));
        var verdict = desk.verdict(day(17));

        // then
        assertThat(verdict.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.why()).contains("resolved before");
            assertThat(refused.what().getAction().getAlertId()).isEqualTo(ALERT);
        });
        assertThat(verdict.alerts()).isEmpty();
        assertThat(verdict.next().getPendingActions()).isEmpty();
    }

    @Test
    void refusesAnActionOnAnEarlierEpisodeAsResolved() {
        // given
        desk.openLeftover(60);
        desk.define(split(2, day(16)), full(3, day(17)));
        desk.judge(day(16));
        desk.judge(day(17));
        desk.judge(hourOnDay(32));
        assertThat(desk.last().getEpisode()).isEqualTo(2);

        // when
        act(ActionKind.SNOOZE, day(33));

        // then
        assertThat(desk.verdict(day(33)).refused())
                .extracting(Verdict.Refused::why)
                .containsExactly("the alert was resolved before: nothing is left to act upon");
    }

    @Test
    void refusesAnActionOnAnAlertThatNeverWas() {
        // given
        desk.define(full(1, START)).judge(START);
        act(ActionKind.ACKNOWLEDGE, day(1));

        // then
        assertThat(desk.verdict(day(1)).refused())
                .extracting(Verdict.Refused::why)
                .containsExactly("there was no such alert by then: take the alert id from the alert");
    }

    @Test
    void refusesAnActionOnAnExperimentOfWhichNothingIsKnown() {
        act(ActionKind.ACKNOWLEDGE, NIGHT);

        assertThat(desk.verdict(NIGHT).refused()).hasSize(1);
    }

    @Test
    void theNextEpisodeBeginsWithNothingDone() {
        // given
        desk.openLeftover(60);
        act(ActionKind.ACKNOWLEDGE, NIGHT);
        act(ActionKind.IMPLEMENTED, NIGHT);
        desk.judge(NIGHT);

        // when
        desk.define(split(2, day(16)), full(3, day(17)));
        desk.judge(day(16));
        desk.judge(day(17));
        desk.judge(hourOnDay(32));

        // then
        assertThat(desk.last().getEpisode()).isEqualTo(2);
        assertThat(desk.last().getAcknowledgedBy()).isNull();
        assertThat(desk.last().getNextSteps().get(1).getDone()).isFalse();
    }

    private void act(ActionKind kind, Instant at) {
        desk.act(Fixtures.action(ALERT, KEY, kind, at, kind == ActionKind.SNOOZE ? at.plusSeconds(3_600) : null));
    }
}

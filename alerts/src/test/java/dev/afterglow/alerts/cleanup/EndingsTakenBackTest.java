package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.full;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Resolution;
import dev.afterglow.state.RunEnding;
import org.junit.jupiter.api.Test;

/** When a run goes on though it was told to have ended, and from when on it is compared then. It is a leftover since 2026-11-03 09:20, told of on day 14 at 10:00. */
class EndingsTakenBackTest {

    private final Desk desk = new Desk();

    @Test
    void isTakenBackWhenTrafficGoesOn() {
        // given
        desk.openLeftover(20);
        desk.archive(day(20));

        // when
        desk.traffic.hourly(day(20), day(21), 5);
        desk.judge(hourOnDay(20).plusSeconds(4 * 3600));

        // then
        assertThat(desk.endings).extracting(Verdict.Ending::takenBack).containsExactly(false, true);
        assertThat(desk.endings.get(1).run()).isEqualTo(desk.endings.get(0).run());
    }

    @Test
    void hasNotEndedWhenItIsSwitchedOnAgain() {
        // given
        desk.openLeftover(20);
        desk.define(inState(2, day(20), ExperimentState.INACTIVE));
        desk.judge(day(20));

        // when
        desk.define(split(3, day(22)));
        desk.judge(day(22));
        desk.followDueTimes(day(40));

        // then
        assertThat(desk.endings).extracting(Verdict.Ending::takenBack).containsExactly(false, true);
    }

    @Test
    void hasNotEndedWhenItIsSwitchedOffAndOnAgainAfterItsSilence() {
        // given
        desk.openLeftover(20);
        desk.followDueTimes(hourOnDay(22));
        assertThat(desk.endings)
                .extracting(ending -> ending.run().getResolution())
                .containsExactly(Resolution.TRAFFIC_STOPPED);

        // when
        desk.define(inState(2, day(23), ExperimentState.INACTIVE), split(3, day(24)));
        desk.judge(day(23));
        desk.judge(day(24));

        // then
        assertThat(desk.endings).extracting(Verdict.Ending::takenBack).containsExactly(false, true);
    }

    @Test
    void hasNotEndedWhenItsRunComesBack() {
        // given
        desk.openLeftover(20);
        desk.define(Fixtures.definition(2, day(20), next -> next.setRun("second")));
        desk.judge(day(20));

        // when
        desk.define(split(3, day(22)));
        desk.judge(day(22));
        desk.followDueTimes(day(40));

        // then
        assertThat(desk.endings).extracting(Verdict.Ending::takenBack).containsExactly(false, true);
    }

    @Test
    void staysAsItWasMeasuredWhenItIsSwitchedOnLater() {
        // given
        desk.openLeftover(20);
        desk.define(inState(2, day(20), ExperimentState.INACTIVE));
        desk.judge(day(20));
        desk.followDueTimes(hourOnDay(27));

        // when
        desk.define(split(3, day(28)));
        desk.judge(day(28));

        // then
        assertThat(desk.endings).extracting(Verdict.Ending::takenBack).containsExactly(false, false);
    }

    @Test
    void isComparedAnewWhenWhatWasSilentWasNeverSwitchedOff() {
        // given
        desk.openLeftover(20);
        desk.followDueTimes(hourOnDay(22));
        assertThat(desk.endings)
                .extracting(ending -> ending.run().getResolution())
                .containsExactly(Resolution.TRAFFIC_STOPPED);
        desk.traffic.hourly(day(22), day(60), 20);
        desk.judge(hourOnDay(24));

        // when
        desk.archive(day(60));

        // then
        assertThat(desk.endings.get(1).takenBack()).isTrue();
        assertThat(desk.endings.get(2).run().getBegunAt()).isEqualTo(day(60));
    }

    @Test
    void isComparedAnewWhenACleanUpWasNone() {
        // given strays, and then it is live again
        desk.openLeftover(20);
        desk.archive(day(20));
        desk.traffic.hourly(day(20), day(80), 5);
        desk.judge(hourOnDay(20).plusSeconds(4 * 3600));
        desk.define(full(3, day(21)));
        desk.judge(day(21));
        desk.followDueTimes(hourOnDay(79));

        // when
        desk.define(inState(4, day(80), ExperimentState.ARCHIVED));
        desk.judge(day(80));

        // then
        assertThat(desk.endings.get(desk.endings.size() - 1).run())
                .extracting(RunEnding::getSince, RunEnding::getBegunAt)
                .containsExactly(day(21), day(80));
    }
}

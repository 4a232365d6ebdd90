package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
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

/** When a run has ended, and how it is remembered. It is a leftover since 2026-11-03 09:20, told of on day 14 at 10:00. */
class EndingsTest {

    private final Desk desk = new Desk();

    @Test
    void endsWithItsLastAlert() {
        // given
        desk.openLeftover(20);

        // when
        desk.archive(day(20));

        // then
        assertThat(desk.endings).singleElement().satisfies(ending -> {
            assertThat(ending.takenBack()).isFalse();
            assertThat(ending.run())
                    .extracting(RunEnding::getResolution, RunEnding::getEndedAt, RunEnding::getSince)
                    .containsExactly(Resolution.ARCHIVED, day(20), START);
            assertThat(ending.run().getMeasured()).isFalse();
        });
    }

    @Test
    void doesNotEndWhenItIsSplitAgain() {
        // given
        desk.openLeftover(20);

        // when
        desk.define(split(2, day(20)));
        desk.judge(day(20));

        // then
        assertThat(desk.endings).isEmpty();
    }

    @Test
    void endsARunWhenAnotherBegins() {
        // given
        desk.openLeftover(20);

        // when
        desk.define(full(2, day(20), next -> next.setRun("second")));
        desk.judge(day(20));

        // then
        assertThat(desk.endings).singleElement().satisfies(ending -> {
            assertThat(ending.run().getRun()).isNull();
            assertThat(ending.run().getResolution()).isEqualTo(Resolution.NEW_RUN);
        });
    }

    @Test
    void endsForGoodWhenTrafficHasStopped() {
        // given
        desk.openLeftover(20);
        desk.archive(day(20));
        desk.traffic.hourly(day(20), day(21), 5);
        desk.judge(hourOnDay(20).plusSeconds(4 * 3600));

        // when
        desk.followDueTimes(day(40));

        // then
        assertThat(desk.endings.subList(2, desk.endings.size()))
                .extracting(ending ->
                        ending.run().getResolution() + " " + ending.run().getMeasured())
                .containsExactly("TRAFFIC_STOPPED false", "TRAFFIC_STOPPED true");
    }

    @Test
    void endsInSilenceThoughItIsTakenToBeMeantInTheSameHour() {
        // given it is live again after it was archived, which is accepted after 20 days
        desk.under(Fixtures.policy(policy -> policy.setCriticalAfterDays(20)));
        desk.define(split(1, day(-9)), inState(2, day(-5), ExperimentState.ARCHIVED), full(3, START));
        desk.traffic.hourly(START, day(19), 5);
        desk.judge(hourOnDay(1));
        desk.followDueTimes(hourOnDay(19));
        assertThat(desk.alerts).extracting(Desk::brief).containsExactly("REACTIVATED OPEN", "LEFTOVER_ROLLOUT OPEN");

        // when
        desk.followDueTimes(hourOnDay(20));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .endsWith("LEFTOVER_ROLLOUT RESOLVED TRAFFIC_STOPPED", "REACTIVATED RESOLVED PERIOD_ENDED");
        assertThat(desk.endings)
                .extracting(ending -> ending.run().getResolution())
                .containsExactly(Resolution.TRAFFIC_STOPPED);
    }

    @Test
    void hasNotEndedWhenItIsLiveThoughItWasArchivedInBetween() {
        // given
        desk.define(split(1, day(-9)), inState(2, day(-5), ExperimentState.ARCHIVED), split(3, START));
        desk.traffic.hourly(START, day(2), 5);
        desk.judge(hourOnDay(1));

        // when both are heard of late
        desk.define(inState(4, day(2), ExperimentState.ARCHIVED), split(5, hourOnDay(2)));
        desk.judge(hourOnDay(2));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("REACTIVATED OPEN", "REACTIVATED RESOLVED ARCHIVED");
        assertThat(desk.endings).isEmpty();
    }

    @Test
    void remembersWhatItWasLikeBeforeStraysWereToldOf() {
        // given
        desk.openLeftover(20);
        desk.archive(day(20));
        desk.traffic.hourly(day(20), day(21), 5);
        desk.judge(hourOnDay(20).plusSeconds(4 * 3600));

        // when
        desk.followDueTimes(day(40));

        // then
        assertThat(desk.endings.get(2).run())
                .extracting(RunEnding::getSince, RunEnding::getBegunAt, RunEnding::getEndedAt)
                .containsExactly(START, day(20), hourOnDay(22));
    }

    @Test
    void remembersItAlsoWhenStraysAreToldOfAtOnce() {
        // given
        desk.openLeftover(20);
        desk.define(inState(2, day(20), ExperimentState.ARCHIVED));
        desk.traffic.hourly(day(20), day(21), 5);

        // when it is heard of later
        desk.judge(hourOnDay(20).plusSeconds(4 * 3600));
        assertThat(desk.endings).isEmpty();
        desk.followDueTimes(day(40));

        // then
        assertThat(desk.endings.get(0).run())
                .extracting(RunEnding::getSince, RunEnding::getBegunAt, RunEnding::getEndedAt)
                .containsExactly(START, hourOnDay(20).plusSeconds(4 * 3600), hourOnDay(22));
    }
}

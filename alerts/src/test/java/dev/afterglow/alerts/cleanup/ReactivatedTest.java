package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.START;
import static dev.afterglow.alerts.cleanup.Fixtures.definition;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ExperimentState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Split since 2026-11-03, archived a day later, and live again on the third day, at 10:00. */
class ReactivatedTest {

    private final Desk desk = new Desk();

    @Test
    void opensWithTheFirstTrafficAndIsTakenToBeMeantInTheEnd() {
        // given
        liveAgain();
        desk.traffic.hourly(hourOnDay(3), hourOnDay(50), 10);

        // when
        desk.judge(hourOnDay(3).plus(Duration.ofHours(1)));
        desk.followDueTimes(hourOnDay(50));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("REACTIVATED OPEN", "REACTIVATED RESOLVED PERIOD_ENDED");
        assertThat(desk.alerts)
                .extracting(alert -> alert.getAt())
                .containsExactly(hourOnDay(3).plus(Duration.ofHours(1)), hourOnDay(33));
    }

    @Test
    void saysWhatHappenedAndWhatToDo() {
        // given
        liveAgain();
        desk.traffic.add(hourOnDay(3), 7);

        // when
        desk.judge(hourOnDay(3).plus(Duration.ofHours(1)));

        // then
        assertThat(desk.alerts.get(0).getSummary())
                .isEqualTo("shop/production/checkout-cta was archived, is live again since 2026-11-06 and consumed 7"
                        + " impressions in the last 24 h: archive it again, or give it a new run if that is what is"
                        + " meant.");
    }

    @Test
    void endsWhenItIsArchivedAgain() {
        // given
        liveAgain();
        desk.traffic.add(hourOnDay(3), 7);
        desk.judge(hourOnDay(3).plus(Duration.ofHours(1)));

        // when
        desk.define(inState(4, hourOnDay(4), ExperimentState.ARCHIVED));
        desk.judge(hourOnDay(4));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .containsExactly("REACTIVATED OPEN", "REACTIVATED RESOLVED ARCHIVED");
    }

    @Test
    void takesANewRunForWhatItIs() {
        // given
        desk.define(
                split(1, START),
                inState(2, hourOnDay(1), ExperimentState.ARCHIVED),
                definition(3, hourOnDay(3), builder -> builder.setRun("second")));
        desk.traffic.hourly(hourOnDay(3), hourOnDay(5), 10);

        // when
        desk.judge(hourOnDay(4));

        // then
        assertThat(desk.alerts).isEmpty();
    }

    @Test
    void leavesAloneWhatWasOnlySwitchedOff() {
        // given
        desk.define(split(1, START), inState(2, hourOnDay(1), ExperimentState.INACTIVE), split(3, hourOnDay(3)));
        desk.traffic.hourly(hourOnDay(3), hourOnDay(5), 10);

        // when
        desk.judge(hourOnDay(4));

        // then
        assertThat(desk.alerts).isEmpty();
    }

    @Test
    void doesNotOpenAgainWhenItIsOnlySwitchedOffAndOn() {
        // given
        liveAgain();
        desk.define(inState(4, hourOnDay(40), ExperimentState.INACTIVE), split(5, hourOnDay(41)));
        desk.traffic.hourly(hourOnDay(3), hourOnDay(50), 10);

        // when
        desk.judge(hourOnDay(3).plus(Duration.ofHours(1)));
        desk.followDueTimes(hourOnDay(40).minusSeconds(1));
        desk.judge(hourOnDay(43));

        // then
        assertThat(desk.alerts)
                .extracting(Desk::brief)
                .filteredOn(brief -> brief.contains("REACTIVATED OPEN"))
                .hasSize(1);
    }

    @Test
    void opensUnderAPolicyThatWarnsAtOnce() {
        // given
        liveAgain();
        desk.under(Fixtures.policy(rules -> rules.setWarnAfterDays(0).setCriticalAfterDays(0)));
        desk.traffic.add(hourOnDay(3), 7);

        // when
        desk.judge(hourOnDay(3).plus(Duration.ofHours(1)));

        // then
        assertThat(desk.alerts).extracting(Desk::brief).containsExactly("REACTIVATED OPEN");
    }

    @Test
    void waitsForTraffic() {
        // given
        liveAgain();

        // when
        desk.judge(hourOnDay(4));

        // then
        assertThat(desk.alerts).isEmpty();
    }

    private void liveAgain() {
        desk.define(split(1, START), inState(2, hourOnDay(1), ExperimentState.ARCHIVED), split(3, hourOnDay(3)));
    }
}

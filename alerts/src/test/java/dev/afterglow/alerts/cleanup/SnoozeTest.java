package dev.afterglow.alerts.cleanup;

import static dev.afterglow.alerts.cleanup.Fixtures.KEY;
import static dev.afterglow.alerts.cleanup.Fixtures.day;
import static dev.afterglow.alerts.cleanup.Fixtures.hourOnDay;
import static dev.afterglow.alerts.cleanup.Fixtures.inState;
import static dev.afterglow.alerts.cleanup.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.ActionKind;
import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.ExperimentState;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What becomes of an alert that is snoozed. It is a leftover since 2026-11-03 09:20, and opens on day 14 at 10:00. */
class SnoozeTest {

    private static final String ALERT = "LEFTOVER_ROLLOUT/shop/production/checkout-cta/-/1";

    /** Within an hour, as people act. */
    private static final Instant NIGHT = hourOnDay(15).plus(Duration.ofMinutes(17));

    private final Desk desk = new Desk();

    @Test
    void isQuietWhileSnoozedAndWakesByItself() {
        // given
        desk.openLeftover(60);
        snooze(NIGHT, hourOnDay(20).plusSeconds(60));

        // when
        desk.judge(NIGHT);
        desk.followDueTimes(hourOnDay(25));

        // then it wakes at the first full hour
        assertThat(desk.statuses()).containsExactly(AlertStatus.OPEN, AlertStatus.SNOOZED, AlertStatus.OPEN);
        assertThat(desk.alerts.get(1).getSnoozedUntil()).isEqualTo(hourOnDay(20).plusSeconds(60));
        assertThat(desk.alerts.get(1).getSummary()).endsWith(" Snoozed until 2026-11-23 10:01 UTC.");
        assertThat(desk.last().getAt()).isEqualTo(hourOnDay(20).plus(Duration.ofHours(1)));
        assertThat(desk.last().getSnoozedUntil()).isNull();
    }

    @Test
    void wakesAsCriticalWhenItBecameSoMeanwhile() {
        // given
        desk.openLeftover(60);
        snooze(NIGHT, hourOnDay(40));

        // when
        desk.judge(NIGHT);
        desk.followDueTimes(hourOnDay(41));

        // then nothing was told on day 30
        assertThat(desk.statuses()).containsExactly(AlertStatus.OPEN, AlertStatus.SNOOZED, AlertStatus.ESCALATED);
        assertThat(desk.last().getAt()).isEqualTo(hourOnDay(40));
    }

    @Test
    void staysCriticalBehindASnoozeWhateverThePolicySaysThen() {
        // given
        desk.openLeftover(60);
        desk.followDueTimes(hourOnDay(31));
        snooze(day(32), hourOnDay(34));
        desk.judge(day(32));

        // when
        desk.under(policy(rules -> rules.setCriticalAfterDays(90)));
        desk.followDueTimes(hourOnDay(35));

        // then
        assertThat(desk.alerts.get(2).getStatus()).isEqualTo(AlertStatus.SNOOZED);
        assertThat(desk.alerts.get(2).getSeverity()).isEqualTo(Severity.CRITICAL);
        assertThat(desk.last().getStatus()).isEqualTo(AlertStatus.ESCALATED);
    }

    @Test
    void resolvesWhileSnoozed() {
        // given
        desk.openLeftover(60);
        snooze(NIGHT, hourOnDay(40));
        desk.judge(NIGHT);

        // when
        desk.define(inState(2, day(18), ExperimentState.ARCHIVED));
        desk.judge(day(18));

        // then
        assertThat(desk.statuses()).containsExactly(AlertStatus.OPEN, AlertStatus.SNOOZED, AlertStatus.RESOLVED);
        assertThat(desk.last().getResolution()).isEqualTo(Resolution.ARCHIVED);
        assertThat(desk.last().getSnoozedUntil()).isNull();
    }

    @Test
    void ofTwoSnoozesTheLaterOneHolds() {
        // given
        desk.openLeftover(60);
        snooze(NIGHT, hourOnDay(40));
        desk.judge(NIGHT);

        // when
        snooze(day(16), hourOnDay(18));
        desk.judge(day(16));
        desk.followDueTimes(hourOnDay(19));

        // then
        assertThat(desk.statuses())
                .containsExactly(AlertStatus.OPEN, AlertStatus.SNOOZED, AlertStatus.SNOOZED, AlertStatus.OPEN);
        assertThat(desk.last().getAt()).isEqualTo(hourOnDay(18));
    }

    @Test
    void refusesASnoozeThatIsOverWhenItIsHeardOf() {
        // given
        desk.openLeftover(60);
        desk.judge(hourOnDay(20));

        // when
        snooze(NIGHT, hourOnDay(16));

        // then
        assertThat(desk.verdict(hourOnDay(20)).refused())
                .extracting(Verdict.Refused::why)
                .containsExactly("the snooze had ended before it was heard of: snooze until a later time");
        assertThat(desk.alerts).hasSize(1);
    }

    private void snooze(Instant at, Instant until) {
        desk.act(Fixtures.action(ALERT, KEY, ActionKind.SNOOZE, at, until));
    }
}

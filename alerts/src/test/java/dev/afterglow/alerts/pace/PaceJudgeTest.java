package dev.afterglow.alerts.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.BudgetUnit;
import dev.afterglow.contract.CostAlert;
import dev.afterglow.contract.Resolution;
import dev.afterglow.contract.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceJudgeTest {

    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    private final Course course = new Course(NOVEMBER);

    @Test
    void saysNothingAtTheEvenPaceNorAtHalfAsMuchAgain() {
        assertThat(course.hours(300, 1_000)).isEmpty();
        assertThat(course.hours(300, 1_500)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} % of the even pace")
    @CsvSource({"2026-02, 560", "2026-11, 600", "2026-12, 620"})
    void isCriticalAtALimitThatFollowsTheLengthOfTheMonth(YearMonth month, long limit) {
        // given
        var below = new Course(month);
        var at = new Course(month);
        below.hours(72, 1_000);
        at.hours(72, 1_000);

        // when the pace is just below the limit, and at it
        var none = below.hours(6, limit * 10 - 10);
        var alerts = at.hours(6, limit * 10);

        // then
        assertThat(none).extracting(CostAlert::getSeverity).doesNotContain(Severity.CRITICAL);
        assertThat(alerts)
                .filteredOn(alert -> alert.getSeverity() == Severity.CRITICAL)
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.getPace().getLimitPercent()).isEqualTo(limit);
                    assertThat(alert.getPace().getSlowPercent()).isEqualTo(limit);
                    assertThat(alert.getPace().getFastPercent()).isEqualTo(limit);
                    assertThat(alert.getPace().getSlowHours()).isEqualTo(6);
                    assertThat(alert.getAt()).isEqualTo(at.now());
                });
    }

    @Test
    void saysSinceWhenAndWhenTheBudgetIsUsedUp() {
        // given a day at the even pace
        course.hours(24, 1_000);

        // when ten times as much is spent
        var alerts = course.hours(5, 10_000);

        // then 5 % of the amount are there in the window of 6 h after 3 h and 15 min
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.getAlertId()).isEqualTo("PACE/growth/1/2026-11/2026-11-02T03:30:00Z");
            assertThat(alert.getSeverity()).isEqualTo(Severity.CRITICAL);
            assertThat(alert.getPace().getSince()).isEqualTo(Instant.parse("2026-11-02T00:00:00Z"));
            assertThat(alert.getPace().getFastPercent()).isEqualTo(1_000);
            assertThat(alert.getSpend()).isEqualTo(96_000 + 140_000);
            assertThat(alert.getSummary())
                    .isEqualTo("Budget growth is spent at 6.2 times the even pace over 6 h and 10.0 times over the last"
                            + " 1 h, fast since 2026-11-02 00:00 UTC; 236,000 of 2,880,000 impressions are used in"
                            + " 2026-11; at this rate it is used up at 2026-11-06 13:15 UTC.");
        });
    }

    @Test
    void warnsOfTwiceTheEvenPaceOverThreeDays() {
        course.hours(96, 1_000);

        var alerts = course.hours(72, 2_000);

        assertThat(alerts)
                .extracting(CostAlert::getStatus, CostAlert::getSeverity, CostAlert::getAt)
                .containsExactly(tuple(AlertStatus.OPEN, Severity.WARNING, course.now()));
    }

    @Test
    void becomesCriticalUnderTheSameIdOnce() {
        course.hours(96, 1_000);
        var warned = course.hours(72, 2_000);

        var alerts = course.hours(12, 7_000);

        assertThat(alerts)
                .extracting(CostAlert::getStatus, CostAlert::getSeverity, CostAlert::getAlertId)
                .containsExactly(tuple(
                        AlertStatus.ESCALATED, Severity.CRITICAL, warned.get(0).getAlertId()));
    }

    @Test
    void resolvesSixHoursAfterACriticalPaceHasEnded() {
        // given
        course.hours(24, 1_000);
        course.hours(5, 10_000);

        // when the fast window is below 80 % of its limit after three quarter-hours
        var ended = course.now();
        var alerts = course.hours(24, 0);

        // then
        assertThat(alerts)
                .extracting(CostAlert::getStatus, CostAlert::getResolution, CostAlert::getAt)
                .containsExactly(tuple(
                        AlertStatus.RESOLVED,
                        Resolution.BELOW_THRESHOLD,
                        ended.plus(Duration.ofMinutes(30)).plus(Duration.ofHours(6))));
        assertThat(course.state()).isNull();
    }

    @Test
    void keepsAWarningOpenOverNightsBetweenBusyDays() {
        // given twelve hours of each day at four times the even pace, and nothing in the others
        var alerts = course.hours(10 * 24, Course.budget(NOVEMBER), quarter -> quarter % 96 < 48 ? 4_000 : 0);

        // then
        assertThat(alerts).extracting(CostAlert::getStatus).containsExactly(AlertStatus.OPEN);
    }

    @Test
    void saysNothingOfABurstThatTheBudgetStillHasRoomFor() {
        // given nothing was spent until two days before the end of the month
        course.hours(28 * 24, 0);

        // when
        var alerts = course.hours(8, 6_500);

        // then at this rate half of it is left at the end
        assertThat(alerts).isEmpty();
    }

    @Test
    void resolvesAtTheEndOfThePeriodAndJudgesTheNextByItself() {
        // given
        course.hours(29 * 24 + 18, 1_000);
        assertThat(course.hours(4, 10_000)).hasSize(1);

        // when
        var alerts = course.hours(2, 10_000);

        // then
        assertThat(alerts)
                .extracting(CostAlert::getResolution, CostAlert::getAt)
                .containsExactly(tuple(Resolution.PERIOD_ENDED, Instant.parse("2026-12-01T00:00:00Z")));
    }

    @Test
    void resolvesInTheNextPeriodWhatWasLeftOpen() {
        // given traffic stopped before the end
        course.hours(29 * 24 + 20, 1_000);
        course.hours(3.75, 10_000);
        var december = new Course(YearMonth.of(2026, 12), course.state());

        // when
        var alerts = december.hours(0.25, 0);

        // then
        assertThat(alerts)
                .extracting(CostAlert::getResolution, CostAlert::getPeriod)
                .containsExactly(tuple(Resolution.PERIOD_ENDED, "2026-11"));
    }

    @Test
    void judgesANewVersionAnew() {
        // given
        course.hours(24, 1_000);
        course.hours(5, 10_000);

        // when the amount is raised, and when it is not
        var raised = course.hours(0.25, Course.budget(NOVEMBER).setVersion(2).setAmount(29_000_000), quarter -> 10_000);
        var same = course.hours(0.25, Course.budget(NOVEMBER).setVersion(3), quarter -> 10_000);
        var again = course.hours(0.25, Course.budget(NOVEMBER).setVersion(4), quarter -> 10_000);

        // then
        assertThat(raised).extracting(CostAlert::getResolution).containsExactly(Resolution.BUDGET_CHANGED);
        assertThat(same).extracting(CostAlert::getStatus).containsExactly(AlertStatus.OPEN);
        assertThat(again)
                .extracting(CostAlert::getStatus, CostAlert::getBudgetVersion)
                .containsExactly(tuple(AlertStatus.RESOLVED, 3L), tuple(AlertStatus.OPEN, 4L));
    }

    @Test
    void resolvesWhenTheBudgetIsDeleted() {
        course.hours(24, 1_000);
        course.hours(5, 10_000);

        var alerts = course.hours(1, Course.budget(NOVEMBER).setDeleted(true).setAmount(0), quarter -> 10_000);

        assertThat(alerts).extracting(CostAlert::getResolution).containsExactly(Resolution.BUDGET_CHANGED);
        assertThat(alerts.get(0).getSummary()).isEqualTo("Budget growth was deleted: its alert on pace is resolved.");
    }

    @Test
    void saysNothingOfABudgetThatWantsNone() {
        course.hours(24, 1_000);
        course.hours(5, 10_000);

        var alerts = course.hours(5, Course.budget(NOVEMBER).setVersion(2).setPace(false), quarter -> 10_000);

        assertThat(alerts).extracting(CostAlert::getResolution).containsExactly(Resolution.BUDGET_CHANGED);
    }

    @Test
    void leavesABudgetInAnotherCurrencyAlone() {
        var money = Course.budget(NOVEMBER).setUnit(BudgetUnit.MONEY).setCurrency("USD");

        assertThat(new Course(NOVEMBER).hours(24, money, quarter -> 100_000)).isEmpty();
        assertThat(new Course(NOVEMBER).billedIn("EUR").hours(24, money, quarter -> 100_000))
                .isEmpty();
        assertThat(new Course(NOVEMBER).billedIn("USD").hours(24, money, quarter -> 100_000))
                .hasSize(1);
    }

    @Test
    void saysSinceWhenTheBudgetIsUsedUpAlready() {
        course.hours(24, 1_000);
        course.hours(5, Course.budget(NOVEMBER).setAmount(96_000_000), quarter -> 1_000_000);

        var alerts = course.hours(0.25, Course.budget(NOVEMBER).setVersion(2), quarter -> 1_000_000);

        assertThat(alerts.get(alerts.size() - 1).getPace().getUsedUpAt())
                .isEqualTo(Instant.parse("2026-11-02T00:45:00Z"));
        assertThat(alerts.get(alerts.size() - 1).getSummary()).contains("; it is used up since 2026-11-02 00:45 UTC.");
    }
}

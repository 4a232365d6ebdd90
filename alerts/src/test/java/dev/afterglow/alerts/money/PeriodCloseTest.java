package dev.afterglow.alerts.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.contract.PeriodCorrection;
import dev.afterglow.contract.PeriodFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PeriodCloseTest {

    private static final PeriodClose CLOSE = new PeriodClose(Duration.ofDays(62), Duration.ofMinutes(15));
    private static final PeriodFigures FINAL = new PeriodFigures("growth", "USD", 100L, 500L, 10L, 50L);

    @Test
    void isFinalWhenTheLastLateEventCannotComeAnyMore() {
        // given
        var november = new BillingPeriod(YearMonth.of(2026, 11), ZoneId.of("Asia/Kathmandu"));

        // when
        var at = CLOSE.finalFrom(november.end(), november.start());

        // then
        assertThat(at).isEqualTo("2027-01-31T18:30:00Z");
    }

    @Test
    void givesHistoryADayToBeLoaded() {
        // given
        var end = Instant.parse("2019-12-01T00:00:00Z");
        var loaded = Instant.parse("2026-11-03T12:00:00Z");

        // when, then
        assertThat(CLOSE.finalFrom(end, loaded)).isEqualTo("2026-11-04T12:00:00Z");
    }

    @Test
    void isNoCorrectionWhenNothingChanged() {
        assertThat(PeriodClose.correction(FINAL, PeriodFigures.newBuilder(FINAL).build()))
                .isEmpty();
    }

    @Test
    void saysHowMuchLessThereIs() {
        // given
        var present = new PeriodFigures("growth", "USD", 93L, 465L, 12L, 60L);

        // when, then
        assertThat(PeriodClose.correction(FINAL, present)).contains(new PeriodCorrection(-7L, -35L, 2L, 10L));
    }

    @Test
    void marksAMovedTeamThoughNoFigureChanged() {
        // given
        var moved = PeriodFigures.newBuilder(FINAL).setTeam("payments").build();

        // when, then
        assertThat(PeriodClose.correction(FINAL, moved)).contains(new PeriodCorrection(0L, 0L, 0L, 0L));
    }

    @Test
    void takesNoAmountsOfTwoCurrenciesFromEachOther() {
        // given
        var present = new PeriodFigures("growth", "EUR", 101L, 400L, 10L, 40L);

        // when, then
        assertThat(PeriodClose.correction(FINAL, present)).contains(new PeriodCorrection(1L, 400L, 0L, 40L));
    }

    @Test
    void countsAllOfAnExperimentThatWasHeardOfLater() {
        // given
        var present = new PeriodFigures("growth", "USD", 3L, 15L, 0L, 0L);

        // when, then
        assertThat(PeriodClose.correction(PeriodClose.nothing(present), present))
                .contains(new PeriodCorrection(3L, 15L, 0L, 0L));
    }
}

package dev.afterglow.alerts.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class ForecastMethodTest {

    private static final LocalDate SEPTEMBER = LocalDate.of(2026, 9, 1);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    @Test
    void theBaselineIsMonthToDatePerDayElapsedTimesLength() {
        // given 100, 200, 300 and 401 in the first four days
        var known = new DailySeries(OCTOBER.atDay(1), List.of(100L, 200L, 300L, 401L));

        // when
        var forecast = ForecastMethod.LINEAR.forecast(known, OCTOBER).orElseThrow();

        // then 1001 / 4 * 31 = 7757.75
        assertThat(forecast.expected()).isEqualTo(7758);
        assertThat(forecast.monthToDate()).isEqualTo(1001);
    }

    @Test
    void saysNothingBeforeThreeFullDays() {
        assertThat(ForecastMethod.best(until(day -> 100, OCTOBER.atDay(3)), OCTOBER))
                .isEmpty();
        assertThat(ForecastMethod.best(until(day -> 100, OCTOBER.atDay(4)), OCTOBER))
                .isPresent();
    }

    @Test
    void takesTheBaselineWithLessThanTwoWeeksOfHistory() {
        var known = until(day -> 100, OCTOBER.atDay(8));

        assertThat(ForecastMethod.best(known.newest(13), OCTOBER).orElseThrow().method())
                .isEqualTo(ForecastMethod.LINEAR);
        assertThat(ForecastMethod.best(known.newest(14), OCTOBER).orElseThrow().method())
                .isEqualTo(ForecastMethod.DAMPED_TREND);
    }

    @Test
    void knowsTheWeekdaysThatAreLeft() {
        // given 700 on Mondays to Fridays, 70 at weekends
        ToLongFunction<LocalDate> office = day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0 ? 70 : 700;
        var known = until(office, OCTOBER.atDay(5));
        long actual = until(office, OCTOBER.plusMonths(1).atDay(1))
                .from(OCTOBER.atDay(1))
                .sum();

        // then the baseline, which saw two days of the week and a weekend, is far off
        assertThat(ForecastMethod.best(known, OCTOBER).orElseThrow().expected()).isEqualTo(actual);
        assertThat(ForecastMethod.LINEAR.forecast(known, OCTOBER).orElseThrow().expected())
                .isLessThan(actual * 8 / 10);
    }

    @Test
    void followsTheLevelAndNotTheStartOfTheMonth() {
        // given traffic that doubled on the 6th, known for two weeks since
        ToLongFunction<LocalDate> doubled = day -> day.isBefore(OCTOBER.atDay(6)) ? 100 : 200;

        var forecast =
                ForecastMethod.best(until(doubled, OCTOBER.atDay(20)), OCTOBER).orElseThrow();

        assertThat(forecast.expected()).isEqualTo(5 * 100 + 26 * 200);
    }

    @Test
    void doesNotTakeABurstForTheRuleOfTheRest() {
        // given ten times the traffic on one day
        ToLongFunction<LocalDate> burst = day -> day.equals(OCTOBER.atDay(8)) ? 1_000 : 100;

        var forecast =
                ForecastMethod.best(until(burst, OCTOBER.atDay(11)), OCTOBER).orElseThrow();

        // then it is in the month to date, and counts three times in the level of two weeks
        assertThat(forecast.monthToDate()).isEqualTo(1_900);
        assertThat(forecast.expected()).isBetween(1_900L + 21 * 100, 1_900L + 21 * 120);
    }

    @Test
    void takesFourDaysOfAWeekFarAboveTheMedianForANewLevel() {
        // given a trial in September, and an account that goes live on the 1st
        ToLongFunction<LocalDate> live = day -> day.isBefore(OCTOBER.atDay(1)) ? 1 : 1_000_000;

        // then what is still a burst on the evening of the third is a level from the fourth on
        assertThat(expected(live, 3)).isLessThan(4_000_000);
        for (int day = 4; day < 31; day++) {
            assertThat(expected(live, day)).as("day %d", day).isEqualTo(31_000_000);
        }
    }

    @Test
    void aNewLevelIsTheMeanOfItsDaysWithThoseBetween() {
        // given traffic that comes back on the 1st, a Thursday, after a pause, and only from Monday to Friday
        ToLongFunction<LocalDate> back =
                day -> day.isBefore(OCTOBER.atDay(1)) || day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0 ? 0 : 700;

        // then 4 of 6 days had 700
        assertThat(expected(back, 6)).isEqualTo(4 * 700 + Math.round(25 * 4 * 700 / 6.0));
    }

    @Test
    void threeDaysOfAWeekAreABurst() {
        ToLongFunction<LocalDate> burst =
                day -> day.isAfter(OCTOBER.atDay(7)) && day.isBefore(OCTOBER.atDay(11)) ? 2_000 : 100;

        assertThat(expected(burst, 10)).isLessThan(7 * 100 + 3 * 2_000 + 21 * 150);
    }

    @Test
    void knowsTrafficThatIsThereOnFewDaysOfAWeek() {
        ToLongFunction<LocalDate> weekends = day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0 ? 500 : 0;

        // then October 2026 has five Saturdays and four Sundays
        assertThat(expected(weekends, 5)).isEqualTo(9 * 500);
        assertThat(expected(weekends, 16)).isEqualTo(9 * 500);
    }

    @Test
    void theIntervalIsOfTheQuietAndTheBusyDays() {
        // given four weeks of days with 1 to 28 hundred
        var start = LocalDate.of(2026, 9, 8);
        var counts = new ArrayList<Long>();
        for (long i = 1; i <= 28; i++) {
            counts.add(i * 100);
        }

        var forecast =
                ForecastMethod.best(new DailySeries(start, counts), OCTOBER).orElseThrow();

        assertThat(forecast.low()).isEqualTo(forecast.monthToDate() + 26 * 300);
        assertThat(forecast.high()).isEqualTo(forecast.monthToDate() + 26 * 2_600);
        assertThat(forecast.expected()).isBetween(forecast.low(), forecast.high());
    }

    @Test
    void looksAtNothingBeyondTheMonth() {
        var whole = until(day -> 100, OCTOBER.plusMonths(1).atDay(1));
        var more = until(day -> day.isBefore(OCTOBER.plusMonths(1).atDay(1)) ? 100 : 900, LocalDate.of(2026, 11, 9));

        assertThat(ForecastMethod.best(more, OCTOBER)).isEqualTo(ForecastMethod.best(whole, OCTOBER));
        assertThat(ForecastMethod.best(whole, OCTOBER).orElseThrow().expected()).isEqualTo(3_100);
    }

    @Test
    void looksAtNoMoreDaysThanItSays() {
        // given a quarter that grows faster and faster, after one that fell
        var counts = new ArrayList<Long>();
        for (int i = 0; i < 200; i++) {
            counts.add(Math.round(10_000 * Math.pow(1.0001, (i - 109) * (i - 109))));
        }
        var known = new DailySeries(OCTOBER.atDay(11).minusDays(200), counts);

        var forecast = ForecastMethod.best(known, OCTOBER);

        assertThat(ForecastMethod.best(known.newest(ForecastMethod.MOST_DAYS), OCTOBER))
                .isEqualTo(forecast);
        assertThat(ForecastMethod.best(known.newest(ForecastMethod.MOST_DAYS / 2), OCTOBER))
                .isNotEqualTo(forecast);
    }

    @Test
    void expectsGrowthToGoOnForAWhile() {
        ToLongFunction<LocalDate> growing =
                day -> Math.round(10_000 * Math.pow(1.01, day.toEpochDay() - SEPTEMBER.toEpochDay()));

        // then more than the level of the last two weeks, and no more than four days of growth on it
        double level = until(growing, OCTOBER.atDay(11)).newest(14).sum() / 14.0;
        long toDate = until(growing, OCTOBER.atDay(11)).from(OCTOBER.atDay(1)).sum();
        assertThat(expected(growing, 10) - toDate)
                .isBetween(Math.round(21 * level * 1.02), Math.round(21 * level * Math.pow(1.01, 4)));
    }

    @Test
    void expectsNothingOfTrafficThatHasStopped() {
        var known = until(day -> day.isBefore(SEPTEMBER.plusDays(5)) ? 100 : 0, OCTOBER.atDay(11));

        assertThat(ForecastMethod.best(known, OCTOBER).orElseThrow().high()).isZero();
    }

    @Test
    void beginsAnewAfterAPauseOfFourWeeks() {
        // given three days after a pause of 25 in the last four weeks
        ToLongFunction<LocalDate> back =
                day -> day.isBefore(SEPTEMBER.plusDays(5)) || !day.isBefore(OCTOBER.atDay(1)) ? 1_000 : 0;

        // then as the account goes on in this month, and not as if it had been used on 3 days of 14
        assertThat(expected(back, 3)).isEqualTo(31_000);
    }

    private static long expected(ToLongFunction<LocalDate> count, int daysKnown) {
        return ForecastMethod.best(until(count, OCTOBER.atDay(daysKnown + 1)), OCTOBER)
                .orElseThrow()
                .expected();
    }

    private static DailySeries until(ToLongFunction<LocalDate> count, LocalDate end) {
        return new DailySeries(
                SEPTEMBER,
                SEPTEMBER.datesUntil(end).map(day -> count.applyAsLong(day)).toList());
    }
}

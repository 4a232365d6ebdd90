package dev.afterglow.alerts.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-07-01");
    private static final LocalDate TENTH = LocalDate.parse("2026-11-10");
    private static final int NOVEMBER = 30;

    private final MonthToDate baseline = new MonthToDate();
    private final RecentLevel ours = new RecentLevel();

    @Test
    void dividesByTheDaysThatHavePassed() {
        var days = days(day -> day.getDayOfMonth() <= 10 ? 100 : 1_000_000);

        assertThat(baseline.estimate(days, TENTH)).hasValueSatisfying(end -> {
            assertThat(end.impressions()).isEqualTo(3_000);
            assertThat(end.upTo()).isEqualTo(TENTH);
        });
    }

    @Test
    void saysNothingOfAMonthOfTwoDays() {
        assertThat(baseline.estimate(days(day -> 100), LocalDate.parse("2026-11-02")))
                .isEmpty();
        assertThat(baseline.estimate(days(day -> 100), LocalDate.parse("2026-11-03")))
                .isPresent();
    }

    @Test
    void saysNothingFromTwoDays() {
        var days = new TreeMap<>(days(day -> 100).tailMap(LocalDate.parse("2026-11-09"), true));

        assertThat(ours.estimate(days, TENTH)).isEmpty();
        assertThat(ours.estimate(days, TENTH.plusDays(1))).isPresent();
    }

    @Test
    void knowsWhichWeekdaysAreLeft() {
        // given a weekend has a tenth of the impressions
        var days = days(day -> isWeekend(day) ? 100 : 1_000);
        long actual = KnownDays.sum(days, LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"));

        // then the eighth is the third day of a weekend, of eight
        var eighth = LocalDate.parse("2026-11-08");
        assertThat(ours.estimate(days, eighth).orElseThrow().impressions()).isEqualTo(actual);
        assertThat(baseline.estimate(days, eighth).orElseThrow().impressions()).isNotCloseTo(actual, within(500L));
    }

    @Test
    void forgetsABurstWithinDays() {
        // given
        var burst = LocalDate.parse("2026-11-06");
        var days = days(day -> day.equals(burst) ? 50_000 : 1_000 + day.getDayOfMonth() % 7);

        // then
        var rest = ours.estimate(days, TENTH).orElseThrow().impressions()
                - KnownDays.sum(days, TENTH.withDayOfMonth(1), TENTH);
        assertThat(rest).isBetween(20_000L, 48_000L);
    }

    @Test
    void isSureOfDaysThatAreAllAlike() {
        assertThat(ours.estimate(days(day -> 700), TENTH)).hasValueSatisfying(end -> {
            assertThat(end.impressions()).isEqualTo(700L * NOVEMBER);
            assertThat(end.low()).isEqualTo(end.impressions());
            assertThat(end.high()).isEqualTo(end.impressions());
        });
    }

    @Test
    void isNotSureOfWhatItHasNotSeenEnoughOf() {
        var days = new TreeMap<>(days(day -> 700).tailMap(LocalDate.parse("2026-11-01"), true));

        assertThat(ours.estimate(days, TENTH)).hasValueSatisfying(end -> {
            assertThat(end.low()).isEqualTo(7_000);
            assertThat(end.high()).isEqualTo(end.impressions() + 14_000);
        });
    }

    @Test
    void holdsTheEndInItsIntervalAboutAsOftenAsItSays() {
        // given
        var random = new Random(20_261_128L);
        var days = days(day ->
                Math.max(0, Math.round((isWeekend(day) ? 400 : 1_000) * (1 + 0.3 * random.nextGaussian()))));

        // when
        var said = Backtest.run(ours, days).stream()
                .filter(one -> one.day() < 28 && one.month().isAfter(YearMonth.parse("2026-08")))
                .toList();

        // then
        double held = (double) said.stream().filter(Backtest.Said::covers).count() / said.size();
        assertThat(held).isBetween(0.6, 0.98);
    }

    @Test
    void isAtTheEndWhatItWas() {
        var days = days(LocalDate::getDayOfMonth);
        var last = LocalDate.parse("2026-11-30");

        assertThat(ours.estimate(days, last)).hasValueSatisfying(end -> {
            assertThat(end.impressions()).isEqualTo(465);
            assertThat(end.low()).isEqualTo(465);
            assertThat(end.high()).isEqualTo(465);
        });
    }

    @Test
    void looksAtNothingBehindTheLastDay() {
        var known = days(day -> 100);
        var more = new TreeMap<>(known);
        more.replaceAll((day, count) -> day.isAfter(TENTH) ? 9_999L : count);

        assertThat(ours.estimate(more, TENTH)).isEqualTo(ours.estimate(known, TENTH));
    }

    @Test
    void takesADayThatIsMissingForOneWithoutImpressions() {
        var withNone = days(day -> day.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : 100);
        var without = new TreeMap<>(withNone);
        without.keySet().removeIf(day -> day.getDayOfWeek() == DayOfWeek.SUNDAY);

        assertThat(ours.estimate(without, TENTH)).isEqualTo(ours.estimate(withNone, TENTH));
    }

    @Test
    void isTestedOnWholeMonthsWithWhatWasKnown() {
        var days = days(day -> 100);
        days.remove(LocalDate.parse("2026-08-17"));

        assertThat(Backtest.wholeMonths(days))
                .containsExactly(
                        YearMonth.parse("2026-07"),
                        YearMonth.parse("2026-09"),
                        YearMonth.parse("2026-10"),
                        YearMonth.parse("2026-11"));
        assertThat(Backtest.run(baseline, days)).hasSize(31 + 30 + 31 + 30).allSatisfy(said -> {
            assertThat(said.estimate().isPresent()).isEqualTo(said.day() >= 3);
            said.error().ifPresent(error -> assertThat(error).isZero());
            assertThat(said.warns(100)).isEqualTo(said.day() >= 3);
            assertThat(said.warns(101)).isFalse();
        });
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static NavigableMap<LocalDate, Long> days(ToLongFunction<LocalDate> impressions) {
        var days = new TreeMap<LocalDate, Long>();
        FIRST.datesUntil(LocalDate.parse("2026-12-01")).forEach(day -> days.put(day, impressions.applyAsLong(day)));
        return days;
    }
}

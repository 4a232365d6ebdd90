package dev.afterglow.alerts.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackTestTest {

    private static final LocalDate NEW_YEAR = LocalDate.of(2025, 1, 1);

    @Test
    void theMethodErrsLessThanTheBaselineOnTrafficWithWeekdaysGrowthAndBursts() {
        // given twenty years, since the bursts of a single one can favour either
        var years = LongStream.rangeClosed(1, 20)
                .mapToObj(seed -> BackTest.of(series(seed)))
                .toList();

        assertThat(years).allSatisfy(year -> assertThat(year.months()).hasSize(12));
        for (int day : new int[] {5, 10, 15, 20}) {
            assertThat(mean(years, year -> year.error(day, BackTest.Day::method)))
                    .as("seeds 1 to 20, day %d", day)
                    .isLessThan(mean(years, year -> year.error(day, BackTest.Day::baseline)));
        }
    }

    private static double mean(List<BackTest> years, ToDoubleFunction<BackTest> error) {
        return years.stream().mapToDouble(error).average().orElseThrow();
    }

    @Test
    void forecastsFromNothingButTheDaysBefore() {
        // given the same year, with another end
        var year = series(7);
        var counts = new ArrayList<>(year.counts());
        counts.subList(200, 365).replaceAll(count -> count * 9);
        var other = BackTest.of(new DailySeries(NEW_YEAR, counts));

        // then what was forecast before it is the same; the 200th day is the 19th of July
        var july = BackTest.of(year).months().get(6).days();
        assertThat(other.months().get(6).days().subList(0, 17)).isEqualTo(july.subList(0, 17));
        assertThat(other.months().get(6).days().get(17)).isNotEqualTo(july.get(17));
    }

    @Test
    void leavesOutMonthsThatAreNotWhole() {
        var year = series(1);

        assertThat(BackTest.of(new DailySeries(
                                NEW_YEAR.plusDays(1), year.counts().subList(1, 364)))
                        .months())
                .extracting(BackTest.Month::month)
                .first()
                .isEqualTo(YearMonth.of(2025, 2));
        assertThat(BackTest.of(new DailySeries(NEW_YEAR, year.counts().subList(0, 364)))
                        .months())
                .hasSize(11);
    }

    @Test
    void warnsEarlyOfWhatIsSteadyAndNeverFalsely() {
        var counts = new ArrayList<Long>();
        NEW_YEAR.datesUntil(NEW_YEAR.plusMonths(1)).forEach(day -> counts.add(100L));

        var month = BackTest.of(new DailySeries(NEW_YEAR, counts)).months().get(0);

        // 90 % of 3,100 are reached on the 28th
        assertThat(month.warning().expectedOn()).hasValue(3);
        assertThat(month.warning().reachedOn()).isEqualTo(28);
        assertThat(month.falseWarning()).isEmpty();
    }

    @Test
    void countsAWarningFromTheDayOnWhichItIsGivenUnlessTheBudgetIsReachedByThen() {
        // given 90 % of a month that are expected from the 20th on, when half of it is there at once
        var counts = new ArrayList<Long>();
        NEW_YEAR.datesUntil(NEW_YEAR.plusMonths(1))
                .forEach(day -> counts.add(day.getDayOfMonth() == 20 ? 3_100L : 100L));
        var test = BackTest.of(new DailySeries(NEW_YEAR, counts));

        // then
        assertThat(test.warned(90, 19, BackTest.Day::baseline)).isZero();
        assertThat(test.warned(90, 20, BackTest.Day::baseline)).isEqualTo(1);
        // 80 % of 6,100 are 4,880: 5,000 were there on the evening of the 20th
        assertThat(test.warned(80, 20, BackTest.Day::baseline)).isZero();
        assertThat(test.warned(110, 20, BackTest.Day::baseline)).isEqualTo(1);
        assertThat(test.warned(110, 20, BackTest.Day::method)).isZero();
    }

    private static DailySeries series(long seed) {
        var random = new Random(seed);
        var counts = new ArrayList<Long>();
        NEW_YEAR.datesUntil(NEW_YEAR.plusYears(1)).forEach(day -> {
            double level = 100_000 * Math.pow(1.001, day.getDayOfYear());
            double weekend = day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0 ? 0.4 : 1;
            double burst = random.nextInt(60) == 0 ? 4 : 1;
            counts.add(Math.round(level * weekend * burst * (0.95 + 0.1 * random.nextDouble())));
        });
        return new DailySeries(NEW_YEAR, counts);
    }
}

package dev.afterglow.alerts.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DampedTrendTest {

    private static final double MOST = 2.5;
    private static final double ONE_PERCENT = Math.log(1.01);

    @Test
    void isTheGrowthOfADay() {
        // given one percent a day
        var trend = trend(91, day -> 100_000 * Math.pow(1.01, day));

        assertThat(trend.growth()).isCloseTo(ONE_PERCENT, within(0.0001));
    }

    @Test
    void isBelowNoneWhereTrafficFalls() {
        var trend = trend(91, day -> 100_000 * Math.pow(0.99, day));

        assertThat(trend.growth()).isCloseTo(Math.log(0.99), within(0.0001));
    }

    @Test
    void isDrawnOnLessEachDayAndByFourDaysAtMost() {
        var factors = new DampedTrend(ONE_PERCENT).factors(100).toArray();

        assertThat(factors[0]).isCloseTo(Math.pow(1.01, 0.8), within(1e-9));
        assertThat(factors[1]).isCloseTo(Math.pow(1.01, 0.8 + 0.64), within(1e-9));
        assertThat(factors[99]).isCloseTo(Math.pow(1.01, 4), within(1e-9));
    }

    @Test
    void isNoneWhereEveryWeekIsTheSame() {
        // given less at weekends
        var trend = trend(91, day -> day % 7 > 4 ? 300 : 1_000);

        assertThat(trend).isEqualTo(DampedTrend.NONE);
        assertThat(trend.factors(3)).containsOnly(1.0);
    }

    @Test
    void doesNotSeeBurstsHoweverTheyLie() {
        // given five weeks of thirteen with twice as much
        var trend = trend(91, day -> List.of(1, 6, 9, 11, 12).contains(day / 7) ? 2_000 : 1_000);

        assertThat(trend).isEqualTo(DampedTrend.NONE);
    }

    @Test
    void doesNotComparePausesAndTrialsWithWhatCameAfter() {
        assertThat(trend(91, day -> day < 49 ? 1 : 1_000)).isEqualTo(DampedTrend.NONE);
        assertThat(trend(91, day -> day < 49 ? 0 : 1_000)).isEqualTo(DampedTrend.NONE);
        assertThat(trend(91, day -> day < 49 ? 10_000 : 1_000)).isEqualTo(DampedTrend.NONE);
    }

    @Test
    void needsFourWeeks() {
        IntToDoubleFunction growing = day -> 100_000 * Math.pow(1.01, day);

        assertThat(trend(27, growing)).isEqualTo(DampedTrend.NONE);
        assertThat(trend(28, growing).growth()).isCloseTo(ONE_PERCENT, within(0.0001));
    }

    @Test
    void isOfThirteenWeeks() {
        var trend = trend(150, day -> day < 150 - 91 ? 1_000 * Math.pow(1.01, 59 - day) : 1_000);

        assertThat(trend).isEqualTo(DampedTrend.NONE);
    }

    private static DampedTrend trend(int days, IntToDoubleFunction count) {
        return DampedTrend.of(
                new DailySeries(
                        LocalDate.of(2026, 1, 1),
                        IntStream.range(0, days)
                                .mapToObj(day -> Math.round(count.applyAsDouble(day)))
                                .toList()),
                MOST);
    }
}

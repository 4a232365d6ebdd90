package dev.afterglow.alerts.spike;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpikeBacktestTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);

    @Test
    void spreadsADayOverItsQuarterHoursWithoutLosingAny() {
        long[] quarters = DayPattern.spread(FIRST, 1_000_003);

        assertThat(LongStream.of(quarters).sum()).isEqualTo(1_000_003);
        assertThat(quarters[80]).isGreaterThan(2 * quarters[32]);
        assertThat(DayPattern.spread(FIRST, 1_000_003)).isEqualTo(quarters);
    }

    @Test
    void tellsBurstsCaughtFromThoseMissedAndFindsNoFalseAlarms() {
        // given two months of a million a day, a day of five times that, and one of twice that
        var days = new TreeMap<LocalDate, Long>();
        for (int i = 0; i < 60; i++) {
            days.put(FIRST.plusDays(i), i == 30 ? 5_000_000L : i == 50 ? 2_000_000L : 1_000_000L);
        }

        // when
        var report = SpikeBacktest.run(days, SpikeRules.DEFAULTS);

        // then
        assertThat(report.bursts()).hasSize(2);
        assertThat(report.bursts().get(0).first()).isEqualTo(FIRST.plusDays(30));
        assertThat(report.bursts().get(0).timesTenths()).isEqualTo(50);
        assertThat(report.bursts().get(0).caughtAfter().orElseThrow()).isLessThanOrEqualTo(Duration.ofMinutes(30));
        assertThat(report.bursts().get(1).caughtAfter()).isEmpty();
        assertThat(report.alerts()).hasSize(1);
        assertThat(report.months())
                .extracting(SpikeBacktest.Month::bursts, SpikeBacktest.Month::caught, SpikeBacktest.Month::falseAlarms)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(1, 1, 0), org.assertj.core.api.Assertions.tuple(1, 0, 0));
    }
}

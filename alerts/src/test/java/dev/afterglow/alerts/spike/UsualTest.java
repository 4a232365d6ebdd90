package dev.afterglow.alerts.spike;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsualTest {

    @Test
    void needsThreeEarlierDays() {
        assertThat(Usual.of(List.of(5L, 5L))).isEmpty();
        assertThat(Usual.of(List.of(5L, 5L, 5L))).contains(new Usual(5, 0, 3));
    }

    @Test
    void isTheMedianOfTheEarlierDaysWithTheirMedianDeviation() {
        assertThat(Usual.of(List.of(10L, 12L, 9_000L, 11L, 14L))).contains(new Usual(12, 2, 5));
    }

    @Test
    void takesALevelOfThreeDaysForUsual() {
        assertThat(Usual.of(List.of(100L, 110L, 9L, 10L, 10L, 10L, 10L))
                        .orElseThrow()
                        .level())
                .isEqualTo(100);
    }

    @Test
    void takesWhatCameAWeekBeforeForUsual() {
        assertThat(Usual.of(List.of(10L, 10L, 10L, 10L, 10L, 10L, 80L, 10L))
                        .orElseThrow()
                        .level())
                .isEqualTo(80);
    }

    @Test
    void needsAsManyDeviationsAsMakeASpikeAndTheMinimumAtLeast() {
        var rules = new SpikeRules(1_000);

        assertThat(rules.excessNeeded(new Usual(0, 0, 3))).isEqualTo(1_000);
        assertThat(rules.excessNeeded(new Usual(10_000, 0, 14))).isEqualTo(15_000);
        assertThat(rules.excessNeeded(new Usual(10_000, 10_000, 14))).isEqualTo(44_478);
        assertThat(rules.excessNeeded(new Usual(Long.MAX_VALUE, 0, 14))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void comparesTheSameLocalTimeAcrossAChangeToDaylightSaving() {
        // given clocks in Berlin went back on 2026-10-25
        var quarter = Instant.parse("2026-10-26T08:00:00Z");

        // when
        var days = EarlierDays.before(quarter, ZoneId.of("Europe/Berlin"));

        // then
        assertThat(days)
                .hasSize(14)
                .startsWith(Instant.parse("2026-10-25T08:00:00Z"), Instant.parse("2026-10-24T07:00:00Z"));
    }

    @Test
    void leavesOutDaysBeforeTheFirstTrafficButNotThoseWithoutAny() {
        var quarter = Instant.parse("2026-10-26T08:00:00Z");
        var days = EarlierDays.before(quarter, ZoneId.of("UTC"));

        assertThat(EarlierDays.impressions(days, Instant.parse("2026-10-24T08:00:00Z"), day -> 0))
                .containsExactly(0L, 0L);
        assertThat(EarlierDays.impressions(days, Instant.parse("2026-10-24T08:15:00Z"), day -> 0))
                .containsExactly(0L);
    }
}

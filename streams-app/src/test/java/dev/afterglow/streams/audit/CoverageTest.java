package dev.afterglow.streams.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.contract.CountingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {

    private static final Coverage WHOLE = new Coverage(Optional.empty(), Recounts.LIMITS);
    private static final Coverage CUT = lostUpTo("2026-11-20T10:20:00Z");

    @ParameterizedTest
    @CsvSource({
        // The hour of A, the horizon of 24, one hour, and ten minutes that make another.
        "2026-11-20T10:00:00Z, EVALUATION, 2026-11-21T12:00:00Z",
        "2026-11-20T10:59:59.999Z, EVALUATION, 2026-11-21T12:00:00Z",
        "2026-11-20T11:00:00Z, EVALUATION, 2026-11-21T13:00:00Z",
        "2026-11-20T10:20:00Z, DAILY_UNIQUE, 2026-11-22T00:00:00Z",
        "2026-11-19T22:20:00Z, DAILY_UNIQUE, 2026-11-21T00:00:00Z",
        "2026-11-20T10:20:00Z, SESSION_EXPOSURE, 2027-01-22T11:00:00Z",
        "2026-11-20T10:20:00Z, PAGE_IMPRESSION, 2027-01-22T11:00:00Z",
    })
    void beginsWhereNothingThatIsGoneCanMatter(String lost, CountingPolicy policy, Instant from) {
        assertThat(lostUpTo(lost).from(policy)).contains(from);
    }

    @Test
    void needsNoToleranceToReachTheFullHour() {
        // given
        var limits = new AuditLimits(Duration.ofDays(62), Duration.ZERO, 1);

        // when
        var coverage = new Coverage(Optional.of(Instant.parse("2026-11-20T10:00:00Z")), limits);

        // then
        assertThat(coverage.from()).contains(Instant.parse("2026-11-20T12:00:00Z"));
    }

    @Test
    void coversEverythingWhenNothingWasLost() {
        assertThat(AuditRange.ALL.within(WHOLE)).isEqualTo(AuditRange.ALL);
    }

    @Test
    void beginsAnOpenRangeWhereTheLogIsCovered() {
        assertThat(AuditRange.ALL.within(CUT)).isEqualTo(range("2026-11-21T12:00:00Z", null));
    }

    @Test
    void takesARangeThatIsCovered() {
        // given
        var asked = range("2026-11-21T12:00:00Z", "2026-11-21T13:00:00Z");

        // then
        assertThat(asked.within(CUT)).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T11:00:00Z, ", "2026-11-21T11:00:00Z, 2026-11-23T00:00:00Z", ", 2026-11-21T12:00:00Z"})
    void refusesHoursOfWhichArrivalsAreGone(String from, String to) {
        assertThatThrownBy(() -> range(from, to).within(CUT))
                .isInstanceOf(AuditRefusedException.class)
                .hasMessageContaining("give --from 2026-11-21T12:00:00Z or later");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T11:00:01Z, , --from 2026-11-21T11:00:01Z is no full UTC hour",
        ", 2026-11-21T11:30:00Z, --to 2026-11-21T11:30:00Z is no full UTC hour",
        "2026-11-21T11:00:00Z, 2026-11-21T11:00:00Z, --from 2026-11-21T11:00:00Z is not before --to",
    })
    void refusesARangeThatIsNone(String from, String to, String message) {
        assertThatThrownBy(() -> range(from, to))
                .isInstanceOf(AuditRefusedException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:00:00Z, false",
        "2026-11-21T11:00:00Z, true",
        "2026-11-21T12:00:00Z, true",
        "2026-11-21T13:00:00Z, false",
    })
    void endsBeforeItsEnd(Instant hour, boolean isIn) {
        assertThat(range("2026-11-21T11:00:00Z", "2026-11-21T13:00:00Z").contains(hour))
                .isEqualTo(isIn);
    }

    private static Coverage lostUpTo(String time) {
        return new Coverage(Optional.of(Instant.parse(time)), Recounts.LIMITS);
    }

    private static AuditRange range(String from, String to) {
        return new AuditRange(
                Optional.ofNullable(from).map(Instant::parse),
                Optional.ofNullable(to).map(Instant::parse));
    }
}

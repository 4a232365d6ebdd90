package dev.afterglow.alerts.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UtcGridTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-03T10:00:00Z, 2026-11-03T10:00:00Z, 2026-11-03T10:00:00Z, 2026-11-03T11:00:00Z, 2026-11-03T10:00:00Z",
        "2026-11-03T10:00:00.001Z, 2026-11-03T10:00:00Z, 2026-11-03T11:00:00Z, 2026-11-03T11:00:00Z, 2026-11-03T10:15:00Z",
        "2026-11-03T10:15:00Z, 2026-11-03T10:00:00Z, 2026-11-03T11:00:00Z, 2026-11-03T11:00:00Z, 2026-11-03T10:15:00Z",
        "2026-11-03T10:59:59Z, 2026-11-03T10:00:00Z, 2026-11-03T11:00:00Z, 2026-11-03T11:00:00Z, 2026-11-03T11:00:00Z",
        "1969-12-31T23:50:00Z, 1969-12-31T23:00:00Z, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    })
    void roundsToTheGrid(Instant at, Instant floor, Instant ceil, Instant next, Instant quarter) {
        assertThat(UtcGrid.floorHour(at)).isEqualTo(floor);
        assertThat(UtcGrid.ceilHour(at)).isEqualTo(ceil);
        assertThat(UtcGrid.nextHour(at)).isEqualTo(next);
        assertThat(UtcGrid.ceilQuarter(at)).isEqualTo(quarter);
    }

    @Test
    void tellsAFullHourFromABrokenOne() {
        assertThat(UtcGrid.isHour(Instant.parse("2026-11-03T10:00:00Z"))).isTrue();
        assertThat(UtcGrid.isHour(Instant.parse("2026-11-03T10:00:00.001Z"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-03T10:00:00Z, 2026-11-03T10:45:00Z, 3",
        "2026-11-03T10:00:00Z, 2026-11-03T10:44:59.999Z, 2",
        "2026-11-03T10:00:00.001Z, 2026-11-03T10:15:00Z, 0",
        "2026-11-03T10:45:00Z, 2026-11-03T10:00:00Z, -3",
        "2026-11-03T10:00:00Z, 2026-11-03T10:00:00Z, 0",
    })
    void countsTheWholeQuarterHoursInBetween(Instant from, Instant to, long quarters) {
        assertThat(UtcGrid.quartersBetween(from, to)).isEqualTo(quarters);
    }
}

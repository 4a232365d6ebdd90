package dev.afterglow.streams.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuartersTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-03T12:00:00Z,     2026-11-03T12:00:00Z, 2026-11-03T12:00:00Z, 0, 48",
        "2026-11-03T12:14:59.999Z, 2026-11-03T12:00:00Z, 2026-11-03T12:00:00Z, 0, 48",
        "2026-11-03T12:15:00Z,     2026-11-03T12:15:00Z, 2026-11-03T12:00:00Z, 1, 49",
        "2026-11-03T23:59:59.999Z, 2026-11-03T23:45:00Z, 2026-11-03T23:00:00Z, 3, 95",
        "1970-01-01T00:00:00Z,     1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z, 0, 0",
        "1969-12-31T23:59:59Z,     1969-12-31T23:45:00Z, 1969-12-31T23:00:00Z, 3, 95"
    })
    void findsTheQuarterHourOfAnInstant(Instant instant, Instant quarter, Instant hour, int inHour, int inDay) {
        assertThat(Quarters.quarterOf(instant)).isEqualTo(quarter);
        assertThat(Quarters.hourOf(instant)).isEqualTo(hour);
        assertThat(Quarters.inHour(quarter)).isEqualTo(inHour);
        assertThat(Quarters.inDay(quarter)).isEqualTo(inDay);
        assertThat(Quarters.dayOf(instant).plusMillis(inDay * Quarters.MILLIS)).isEqualTo(quarter);
    }
}

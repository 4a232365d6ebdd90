package dev.afterglow.streams.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontierTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-03T12:14:59.999Z, 2026-11-03T11:00:00Z",
        "2026-11-03T12:15:00Z,     2026-11-03T12:00:00Z",
        "2026-11-03T13:14:59.999Z, 2026-11-03T12:00:00Z"
    })
    void reachesAnHourWhenTheWatermarkIsTheSettleTimePastIt(Instant watermark, Instant hour) {
        assertThat(frontier(watermark).hour()).isEqualTo(hour);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-03T12:14:59.999Z, 2026-11-03T11:59:59.999Z",
        "2026-11-03T12:15:00Z,     2026-11-03T12:15:00Z",
        "2026-11-03T12:40:00Z,     2026-11-03T12:40:00Z",
        "2026-11-03T13:10:00Z,     2026-11-03T12:59:59.999Z"
    })
    void judgesADefinitionAtItsTimeButBehindTheHourBeforeIt(Instant watermark, Instant limit) {
        assertThat(frontier(watermark).limit()).isEqualTo(limit);
    }

    private static Frontier frontier(Instant watermark) {
        return new Frontier(watermark, Duration.ofMinutes(15));
    }
}

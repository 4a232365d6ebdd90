package dev.afterglow.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcHourTest {
    private static final long SEED = 20_191_124;
    private static final long HOUR = 3_600;
    private static final long LAST_HOUR = Instant.parse("9999-12-31T23:00:00Z").getEpochSecond() / HOUR;

    @Test
    void writesAndReadsHoursAsInstantDoes() {
        var random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            // given
            var hour = Instant.ofEpochSecond(random.nextLong(-LAST_HOUR, LAST_HOUR + 1) * HOUR);
            // when
            var text = UtcHour.format(hour);
            // then
            assertThat(text).as("seed %d, round %d", SEED, i).isEqualTo(hour.toString());
            assertThat(UtcHour.parse(text)).as("seed %d, round %d", SEED, i).isEqualTo(hour);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-11-24T10:15:00Z",
                "2019-11-24T10:00:00.001Z",
                "2020-02-29T00:00:00Z",
                "-0044-03-15T12:00:00Z",
                "+12019-11-24T10:00:00Z",
                "1969-12-31T23:00:00Z",
                "-1000000000-01-01T00:00:00Z"
            })
    void writesAndReadsWhatIsRarer(String text) {
        assertThat(UtcHour.parse(text)).isEqualTo(Instant.parse(text)).hasToString(text);
        assertThat(UtcHour.format(Instant.parse(text))).isEqualTo(text);
    }

    @Test
    void readsTheHourAfterTheLast() {
        assertThat(UtcHour.parse("2019-11-24T24:00:00Z")).isEqualTo("2019-11-25T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2019-11-24",
                "2019-02-29T00:00:00Z",
                "2019-13-01T00:00:00Z",
                "2019-00-01T00:00:00Z",
                "2019-01-00T00:00:00Z",
                "2019-11-24T25:00:00Z",
                "2019-11-24 10:00:00Z",
                "2019/11-24T10:00:00Z",
                "2019-11/24T10:00:00Z",
                "20x9-11-24T10:00:00Z"
            })
    void refusesWhatInstantRefuses(String text) {
        assertThatThrownBy(() -> UtcHour.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}

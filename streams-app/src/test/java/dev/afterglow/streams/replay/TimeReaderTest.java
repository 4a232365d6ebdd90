package dev.afterglow.streams.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.streams.text.BadInputException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeReaderTest {

    private static final Instant TIME = Instant.parse("2019-11-24T00:01:03.979Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-11-24T00:01:03.979311Z",
                "2019-11-24 00:01:03.979311+00:00",
                "2019-11-24 01:01:03.979 +0100",
                "2019-11-24T01:01:03.979+01",
                "2019-11-24t00:01:03.979z",
                "2019-11-24 00:01:03.979",
                "2019-11-24 00:01:03.979 UTC",
                "2019-11-24 01:01:03.979 Europe/Berlin",
                "1574553663.979311",
                "1574553663979",
            })
    void readsTheUsualForms(String text) throws BadRowException {
        assertThat(TimeReader.of("auto", "UTC").read(text)).isEqualTo(TIME);
    }

    @Test
    void readsATimeWithoutOffsetInTheZoneGiven() throws BadRowException {
        assertThat(TimeReader.of("auto", "Europe/Berlin").read("2019-11-24 01:01:03.979"))
                .isEqualTo(TIME);
    }

    @Test
    void prefersAnOffsetToTheZoneGiven() throws BadRowException {
        assertThat(TimeReader.of("auto", "Europe/Berlin").read("2019-11-24 00:01:03.979 UTC"))
                .isEqualTo(TIME);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-seconds, 5, 1970-01-01T00:00:05Z",
        "epoch-millis, 5000, 1970-01-01T00:00:05Z",
        "epoch-micros, 5000999, 1970-01-01T00:00:05Z",
        "dd/MMM/yyyy:HH:mm:ss Z, 10/Oct/2000:13:55:36 -0700, 2000-10-10T20:55:36Z",
        "yyyy-MM-dd, 2019-11-24, 2019-11-24T00:00:00Z",
        "yyyyMMddHH, 2019112403, 2019-11-24T03:00:00Z",
    })
    void readsTheFormatGiven(String format, String text, Instant time) throws BadRowException {
        assertThat(TimeReader.of(format, "UTC").read(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "",
                "2019-11-24",
                "2019-13-24T00:00:00Z",
                "2019-11-24T25:00:00Z",
                "1969-12-31T23:59:59Z",
                "-5",
                "9999999999999999999",
                "1e9",
            })
    void refusesWhatIsNoUsableTime(String text) {
        assertThatThrownBy(() -> TimeReader.of("auto", "UTC").read(text))
                .isInstanceOf(BadRowException.class)
                .hasMessage("'" + text + "' is no usable time");
    }

    @ParameterizedTest
    @CsvSource({"nonsense pattern, UTC, --time-format", "auto, Mars, --zone"})
    void refusesAFormatOrZoneThatDoesNotExist(String format, String zone, String option) {
        assertThatThrownBy(() -> TimeReader.of(format, zone))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(option);
    }
}

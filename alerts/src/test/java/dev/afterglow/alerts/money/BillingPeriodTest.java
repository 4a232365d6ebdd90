package dev.afterglow.alerts.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillingPeriodTest {

    @ParameterizedTest(name = "{0} in {1} begins {2} and lasts {3}")
    @CsvSource({
        "2026-02, UTC, 2026-02-01T00:00:00Z, PT672H",
        "2028-02, UTC, 2028-02-01T00:00:00Z, PT696H",
        "2026-03, Europe/Berlin, 2026-02-28T23:00:00Z, PT743H",
        "2026-10, Europe/Berlin, 2026-09-30T22:00:00Z, PT745H",
        "2026-11, Asia/Kathmandu, 2026-10-31T18:15:00Z, PT720H",
        "2026-04, Australia/Lord_Howe, 2026-03-31T13:00:00Z, PT720H30M",
        "2026-10, Australia/Lord_Howe, 2026-09-30T13:30:00Z, PT743H30M",
        "2026-11, America/Havana, 2026-11-01T04:00:00Z, PT721H",
        "2026-12, Pacific/Chatham, 2026-11-30T10:15:00Z, PT744H",
    })
    void lastsFromMidnightToMidnightOfItsZone(YearMonth month, ZoneId zone, Instant start, Duration length) {
        var period = new BillingPeriod(month, zone);

        assertThat(period.start()).isEqualTo(start);
        assertThat(Duration.between(period.start(), period.end())).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "Asia/Kathmandu",
                "Australia/Lord_Howe",
                "America/Havana",
                "America/St_Johns",
                "Pacific/Apia",
                "Asia/Beirut"
            })
    void givesEachQuarterHourExactlyOnePeriodWithoutGaps(String zoneId) {
        // given the years in which St. John's set its clocks back over midnight, and Apia left out a day
        var zone = ZoneId.of(zoneId);
        var end = Instant.parse("2012-02-01T00:00:00Z");
        var current = BillingPeriod.containing(Instant.parse("2009-09-15T00:00:00Z"), zone);

        // when every quarter-hour is asked for its period
        for (var at = current.start(); at.isBefore(end); at = at.plusSeconds(900)) {
            var period = BillingPeriod.containing(at, zone);

            // then months follow each other where one ends and the next begins
            if (!period.equals(current)) {
                assertThat(period.month()).isEqualTo(current.month().plusMonths(1));
                assertThat(period.start()).isEqualTo(current.end());
                current = period;
            }
            if (!period.contains(at)) {
                fail("%s is not in %s".formatted(at, period));
            }
        }
    }

    @Test
    void isWrittenAsYearAndMonth() {
        var period = BillingPeriod.containing(Instant.parse("2026-11-01T03:59:59Z"), ZoneId.of("America/Havana"));

        assertThat(period.text()).isEqualTo("2026-10");
    }
}

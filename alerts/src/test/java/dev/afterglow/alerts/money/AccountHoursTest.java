package dev.afterglow.alerts.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountHoursTest {

    private static final Instant HOUR = Instant.parse("2026-11-30T22:00:00Z");

    private final AccountHours hours = new AccountHours();

    @Test
    void addsUpWhatComesInTheSameHour() {
        hours.add("acme", HOUR, 5);
        hours.add("acme", HOUR, 6);
        hours.add("other", HOUR, 100);

        assertThat(hours.impressions("acme", HOUR, HOUR.plusSeconds(3600))).isEqualTo(11);
    }

    @Test
    void knowsNothingOfAccountsWithoutTraffic() {
        assertThat(hours.impressions("acme", HOUR, HOUR.plusSeconds(3600))).isZero();
    }

    @Test
    void givesEachQuarterAFourthSoThatTheyAreTheWhole() {
        hours.add("acme", HOUR, 11);

        long sum = 0;
        for (int i = 0; i < 4; i++) {
            long quarter = hours.impressions("acme", HOUR.plusSeconds(i * 900L), HOUR.plusSeconds((i + 1) * 900L));
            assertThat(quarter).isBetween(2L, 3L);
            sum += quarter;
        }
        assertThat(sum).isEqualTo(11);
    }

    @Test
    void isEmptyWhereTheEndIsNotAfterTheStart() {
        hours.add("acme", HOUR, 11);

        assertThat(hours.impressions("acme", HOUR.plusSeconds(3600), HOUR)).isZero();
        assertThat(hours.impressions("acme", HOUR, HOUR)).isZero();
    }

    @Test
    void sumsOverMonthsAndYears() {
        // given
        var random = new Random(4);
        var plain = new TreeMap<Instant, Long>();
        for (int i = 0; i < 2_000; i++) {
            var hour = HOUR.plusSeconds(3600L * random.nextInt(20_000));
            hours.add("acme", hour, i);
            plain.merge(hour, (long) i, Long::sum);
        }

        for (int i = 0; i < 200; i++) {
            // when
            var from = HOUR.plusSeconds(3600L * random.nextInt(20_000));
            var to = from.plusSeconds(3600L * random.nextInt(5_000));

            // then
            assertThat(hours.impressions("acme", from, to))
                    .isEqualTo(plain.subMap(from, to).values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }

    @Test
    void findsTheFirstHourWithUse() {
        // given few enough that there are months without any
        var random = new Random(5);
        var plain = new TreeMap<Instant, Long>();
        for (int i = 1; i <= 30; i++) {
            var hour = HOUR.plusSeconds(3600L * random.nextInt(20_000));
            hours.add("acme", hour, i);
            plain.put(hour, (long) i);
        }

        for (int i = 0; i < 200; i++) {
            // when
            var from = HOUR.plusSeconds(3600L * random.nextInt(20_000));
            var to = from.plusSeconds(3600L * random.nextInt(3_000));

            // then
            assertThat(hours.firstUse("acme", from, to))
                    .isEqualTo(
                            from.isBefore(to) && !plain.subMap(from, to).isEmpty()
                                    ? plain.subMap(from, to).firstKey()
                                    : to);
        }
        assertThat(hours.firstUse("other", HOUR, HOUR.plusSeconds(3600))).isEqualTo(HOUR.plusSeconds(3600));
    }
}

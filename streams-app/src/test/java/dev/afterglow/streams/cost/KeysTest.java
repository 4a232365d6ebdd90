package dev.afterglow.streams.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.time.YearMonth;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final ExperimentKey ODD = new ExperimentKey("shop", "production", "a/b%2Fc");
    private static final PeriodKey NOVEMBER = new PeriodKey("acme", YearMonth.of(2026, 11));

    @Test
    void readsThePeriodOfARow() {
        assertThat(PeriodKey.ofRow(NOVEMBER.rowOf(ODD))).isEqualTo(NOVEMBER);
        assertThat(PeriodKey.parse(NOVEMBER.toString())).isEqualTo(NOVEMBER);
    }

    @Test
    void namesARowAsTheTopicOfCostsDoes() {
        assertThat(NOVEMBER.rowOf(ODD)).isEqualTo("acme/2026-11/shop/production/a%2Fb%252Fc");
    }

    @Test
    void ordersPeriodsByAccountAndMonth() {
        var december = new PeriodKey("acme", YearMonth.of(2026, 12));
        var other = new PeriodKey("beta", YearMonth.of(2026, 1));
        assertThat(Stream.of(other, december, NOVEMBER).sorted()).containsExactly(NOVEMBER, december, other);
    }

    @Test
    void readsADayBackAndFindsItsQuarterHours() {
        // given
        var key = new DayKey("acme", ODD, Instant.parse("2026-11-03T00:00:00Z"));

        // then
        assertThat(key).hasToString("acme/shop/production/a%2Fb%252Fc/2026-11-03");
        assertThat(DayKey.parse(key.toString())).isEqualTo(key);
        assertThat(key.quarter(95)).isEqualTo(Instant.parse("2026-11-03T23:45:00Z"));
    }
}

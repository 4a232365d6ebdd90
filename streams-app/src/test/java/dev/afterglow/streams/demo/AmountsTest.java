package dev.afterglow.streams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "0,USD 0.00",
        "1,USD 0.000001",
        "10000,USD 0.01",
        "1500000,USD 1.50",
        "1234567890000,'USD 1,234,567.89'",
        "-1500000,USD -1.50",
        "-1,USD -0.000001",
        "9223372036854775807,'USD 9,223,372,036,854.775807'"
    })
    void writesMicrosWithoutLosingOne(long micros, String text) {
        assertThat(Amounts.money(micros, "USD")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "999,999", "1000,'1,000'", "-1000,'-1,000'", "-100,-100", "1234567,'1,234,567'"})
    void setsThousandsApart(long count, String text) {
        assertThat(Amounts.count(count)).isEqualTo(text);
    }
}

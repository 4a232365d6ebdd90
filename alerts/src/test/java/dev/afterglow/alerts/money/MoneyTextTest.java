package dev.afterglow.alerts.money;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | USD | USD 0.00",
                "812400000 | USD | USD 812.40",
                "1000000000 | USD | USD 1,000.00",
                "799999999 | USD | USD 799.99",
                "1234567890000 | JPY | JPY 1,234,567",
                "1234567 | KWD | KWD 1.234",
                "1234567 | QQQ | QQQ 1.23",
                "9223372036854775807 | EUR | EUR 9,223,372,036,854.77",
            })
    void writesTheDecimalsOfTheCurrencyAndCutsOffTheRest(long micros, String currency, String text) {
        assertThat(MoneyText.of(micros, currency)).isEqualTo(text);
    }

    @Test
    void knowsHowManyDecimalsAnAmountNeeds() {
        assertThat(MoneyText.decimalsOf(1_000_000_000L, "USD")).isEqualTo(2);
        assertThat(MoneyText.decimalsOf(500, "USD")).isEqualTo(4);
        assertThat(MoneyText.of(500, "USD", 4)).isEqualTo("USD 0.0005");
    }
}

package dev.afterglow.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImpressionKeyTest {
    private static final Instant HOUR = Instant.parse("2019-11-24T00:00:00Z");

    @Test
    void namesExperimentHourAndVariantInOrder() {
        var key = new ImpressionKey(new ExperimentKey("shop", "production", "button"), HOUR, "blue");

        assertThat(key).hasToString("shop/production/button/2019-11-24T00:00:00Z/blue");
    }

    @ParameterizedTest
    @CsvSource({"a/b, c/d", "100%, 50%", "%2F, %25", "Größe 🎯, 日本", "2019-11-24T00:00:00Z, x"})
    void readsWhatItWrote(String experiment, String variant) {
        var key = new ImpressionKey(new ExperimentKey("shop", "production", experiment), HOUR, variant);

        assertThat(ImpressionKey.parse(key.toString())).isEqualTo(key);
    }

    @Test
    void beginsWithTheIdentityByWhichItIsPartitioned() {
        var experiment = new ExperimentKey("shop", "production", "a/b");

        assertThat(new ImpressionKey(experiment, HOUR, "c/d").toString()).startsWith(experiment + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop/production/button",
                "shop/production/button/2019-11-24T00:00:00Z",
                "shop/production/button/2019-11-24T00:00:00Z/blue/more",
                "Shop/production/button/2019-11-24T00:00:00Z/blue"
            })
    void refusesTextThatIsNoKey(String text) {
        assertThatThrownBy(() -> ImpressionKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnHourThatIsNoTime() {
        assertThatThrownBy(() -> ImpressionKey.parse("shop/production/button/midnight/blue"))
                .isInstanceOf(DateTimeParseException.class);
    }
}

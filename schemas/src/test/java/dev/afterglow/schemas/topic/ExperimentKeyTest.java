package dev.afterglow.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentKeyTest {
    private static final long SEED = 20_191_124;
    private static final String[] PIECES = {
        "/", "%", "%2F", "%2f", "%25", "%252F", "2F", "25", "F", "a", " ", "é", "日本", "🎯", "\n", "..", ":", "\u0000"
    };

    @ParameterizedTest
    @CsvSource({
        "button-colour, shop/production/button-colour",
        "checkout/button, shop/production/checkout%2Fbutton",
        "50%-off, shop/production/50%25-off",
        "%2F, shop/production/%252F",
        "/, shop/production/%2F",
        "Größe 日本 🎯, shop/production/Größe 日本 🎯"
    })
    void encodesOnlyWhatHasAMeaningInKeys(String experiment, String text) {
        var key = new ExperimentKey("shop", "production", experiment);

        assertThat(key).hasToString(text);
        assertThat(ExperimentKey.parse(text)).isEqualTo(key);
    }

    @Test
    void readsPercentEncodingInSmallLettersToo() {
        assertThat(ExperimentKey.parse("shop/production/a%2fb").experiment()).isEqualTo("a/b");
    }

    @Test
    void anyExperimentSurvivesTheRoundTripAndHasATextOfItsOwn() {
        // given
        var random = new Random(SEED);
        Map<String, String> experimentByText = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String experiment = experiment(random);
            // when
            String text = new ExperimentKey("p", "e", experiment).toString();
            // then
            assertThat(ExperimentKey.parse(text).experiment())
                    .as("seed %d, round %d", SEED, i)
                    .isEqualTo(experiment);
            assertThat(experimentByText.merge(text, experiment, (first, second) -> first))
                    .as("seed %d, round %d: the other experiment with the text %s", SEED, i, text)
                    .isEqualTo(experiment);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "shop-2", "a.b_c-d", "9lives"})
    void acceptsSlugs(String slug) {
        assertThat(ExperimentKey.isSlug(slug)).isTrue();
        assertThat(new ExperimentKey(slug, slug, "x").project()).isEqualTo(slug);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Shop", "-shop", ".shop", "_shop", "a/b", "a b", "a%b", "größe", "a\n"})
    void namesThePartThatIsNoSlug(String text) {
        assertThat(ExperimentKey.isSlug(text)).isFalse();
        assertThatThrownBy(() -> new ExperimentKey(text, "production", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("project '" + text + "'");
        assertThatThrownBy(() -> new ExperimentKey("shop", text, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("environment '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shop", "shop/production", "shop/production/", "shop/production/a/b", "//", "/production/x"})
    void refusesTextThatIsNoIdentity(String text) {
        assertThatThrownBy(() -> ExperimentKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String experiment(Random random) {
        return random.ints(1 + random.nextInt(6), 0, PIECES.length)
                .mapToObj(piece -> PIECES[piece])
                .collect(Collectors.joining());
    }
}

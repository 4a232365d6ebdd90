package dev.afterglow.alerts.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void setsColumnsAsWideAsTheyNeedToBe() {
        assertThat(new Columns("kind", "experiment", "team")
                        .add("a", "shop", "-")
                        .add("longer", "x", "")
                        .lines())
                .containsExactly("kind    experiment  team", "a       shop        -", "longer  x");
    }

    @Test
    void keepsARowOnOneLine() {
        assertThat(new Columns("a").add("one\ntwo\u2028three").lines()).containsExactly("a", "one two three");
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThatThrownBy(() -> new Columns("a", "b").add("one")).hasMessageContaining("2 columns");
    }
}

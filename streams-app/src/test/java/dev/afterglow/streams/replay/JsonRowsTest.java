package dev.afterglow.streams.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonRowsTest {

    @Test
    void readsFieldsInsideFieldsAndFieldsWithADotInTheirName() throws IOException {
        assertThat(RowReader.json("{\"a\":{\"b\":{\"c\":1}}}\n{\"a.b.c\":\"2\"}\n", "a.b.c"))
                .containsExactly("1 1", "2 2");
    }

    @Test
    void keepsNumbersAsTheyAreWritten() throws IOException {
        assertThat(RowReader.json("{\"t\":1574553663.979311}\n{\"t\":9007199254740993}\n{\"t\":true}", "t"))
                .containsExactly("1 1574553663.979311", "2 9007199254740993", "3 true");
    }

    @Test
    void numbersRowsByLine() throws IOException {
        assertThat(RowReader.json("{\"a\":1}\n\n{\"a\":3}\n", "a")).containsExactly("1 1", "3 3");
    }

    @Test
    void saysWhatIsWrongWithARowAndGoesOn() throws IOException {
        // given
        var text = "{\"a\":\n[1]\n{\"a\":1} x\n{}\n{\"a\":null}\n{\"a\":[1]}\n{\"a\":\"\"}\n{\"a\":8}\n";

        // then
        assertThat(RowReader.json(text, "a"))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("1 BAD it is not JSON: "),
                        row -> assertThat(row).isEqualTo("2 BAD it is not a JSON object"),
                        row -> assertThat(row).startsWith("3 BAD it is not JSON: "),
                        row -> assertThat(row).isEqualTo("4 BAD field 'a' is missing"),
                        row -> assertThat(row).isEqualTo("5 BAD field 'a' is missing"),
                        row -> assertThat(row).isEqualTo("6 BAD field 'a' is no single value"),
                        row -> assertThat(row).isEqualTo("7 BAD field 'a' is empty"),
                        row -> assertThat(row).isEqualTo("8 8"));
    }
}

package dev.afterglow.streams.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.streams.text.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CsvRowsTest {

    @Test
    void readsQuotesLineBreaksAndDoubledQuotes() throws IOException {
        assertThat(RowReader.csv("a,b\r\n\"x,y\",1\r\n\"two\nlines\",2\r\n\"say \"\"hi\"\"\",3\r\n", "a"))
                .containsExactly("1 x,y", "2 two\nlines", "3 say \"hi\"");
    }

    @Test
    void ignoresAByteOrderMarkEmptyLinesAndAMissingLineEnd() throws IOException {
        assertThat(RowReader.csv("\uFEFFa,b\n1,2\n\n3,4", "a")).containsExactly("1 1", "2 3");
    }

    @Test
    void keepsTheNumberOfRowsAfterABadOne() throws IOException {
        assertThat(RowReader.csv("a,b\n1,2\n3\n5,6,7\n8,9\n", "a"))
                .containsExactly(
                        "1 1",
                        "2 BAD it has 1 values where the header has 2",
                        "3 BAD it has 3 values where the header has 2",
                        "4 8");
    }

    @Test
    void losesOneRowOnlyWhenAQuoteIsNeverClosed() throws IOException {
        assertThat(RowReader.csv("a,b\n\"1,2\n3,4\n5,6\n", "a"))
                .containsExactly("1 BAD a quote is opened and never closed", "2 3", "3 5");
    }

    @Test
    void losesOneRowOnlyWhenAQuoteStandsInTheMiddle() throws IOException {
        assertThat(RowReader.csv("a,b\n\"1\"x,2\n3,4\n", "a"))
                .containsExactly("1 BAD it is not CSV: its quotes are not in order", "2 3");
    }

    @Test
    void losesNoRowBetweenTwoBrokenQuotes() throws IOException {
        assertThat(RowReader.csv("a,b\n\"1,2\n3,4\n\"5,6\n7,8\n", "a")).contains("2 3", "4 7");
    }

    @Test
    void losesOneRowOnlyWhenItIsNotUtf8() throws IOException {
        // given
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("a\n1\n".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xFF);
        bytes.writeBytes("\n3\n".getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(RowReader.csv(bytes.toByteArray(), "a")).containsExactly("1 1", "2 BAD it is not UTF-8", "3 3");
    }

    @Test
    void namesAnEmptyColumn() throws IOException {
        assertThat(RowReader.csv("a,b\n,2\n", "a")).containsExactly("1 BAD column 'a' is empty");
    }

    @Test
    void refusesAColumnThatIsThereTwice() {
        assertThatThrownBy(() -> RowReader.csv("a,b,a\n", "a"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("f.csv:1: columns are there twice: [a]");
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> RowReader.csv("", "a")).hasMessageContaining("f.csv is empty");
    }
}

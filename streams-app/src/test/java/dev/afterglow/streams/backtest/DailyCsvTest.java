package dev.afterglow.streams.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.streams.backtest.DailyCsv.Columns;
import dev.afterglow.streams.text.BadInputException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyCsvTest {

    @Test
    void readsDaysInAnyOrder() throws IOException {
        assertThat(read("date,x,count\n2026-01-03,a,7\n2026-01-01,b,5\n"))
                .isEqualTo(Map.of(LocalDate.of(2026, 1, 1), 5L, LocalDate.of(2026, 1, 3), 7L));
    }

    @Test
    void takesTheFirstTwoColumnsWhereNoneIsNamed() throws IOException {
        assertThat(read("day, n,count\n2026-01-01, 5,9\n", Columns.firstTwo()))
                .isEqualTo(Map.of(LocalDate.of(2026, 1, 1), 5L));
        assertThatThrownBy(() -> read("day\n2026-01-01\n", Columns.firstTwo()))
                .hasMessage("t.csv has one column: give a day and its impressions in each row");
    }

    @Test
    void saysThatAFileCannotBeRead(@TempDir Path directory) {
        var missing = directory.resolve("days.csv");

        assertThatThrownBy(() -> DailyCsv.read(missing, Columns.firstTwo()))
                .isInstanceOf(BadInputException.class)
                .hasMessage(missing + " cannot be read: give the path of a CSV file");
    }

    @Test
    void namesTheColumnsThatThereAreWhenOneIsMissing() {
        assertThatThrownBy(() -> read("date,pageviews\n2026-01-01,5\n"))
                .hasMessage("t.csv has no column 'count': name one of [date, pageviews] with --count");
    }

    @Test
    void namesEveryRowThatCannotBeUsed() {
        assertThatThrownBy(() -> read("date,count\n2026-01-01,five\n1.1.2026,5\n2026-01-01,-5\n2026-01-02\n"))
                .hasMessageContaining("t.csv, row 1: count 'five' is no whole number")
                .hasMessageContaining("t.csv, row 2: date '1.1.2026' is no day: write it as YYYY-MM-DD")
                .hasMessageContaining("t.csv, row 3: count -5 is below 0")
                .hasMessageContaining("t.csv, row 4: it has 1 values, not as many as the header");
    }

    @Test
    void refusesADayThatIsThereTwiceAndAFileWithoutRows() {
        assertThatThrownBy(() -> read("date,count\n2026-01-01,5\n2026-01-01,6\n"))
                .hasMessage("t.csv, row 2: the day 2026-01-01 is there twice: add its rows up");
        assertThatThrownBy(() -> read("date,count\n")).hasMessageContaining("t.csv has no rows");
    }

    private static Map<LocalDate, Long> read(String text) throws IOException {
        return read(text, Columns.named("date", "count"));
    }

    private static Map<LocalDate, Long> read(String text, Columns columns) throws IOException {
        return DailyCsv.read("t.csv", new StringReader(text), columns);
    }
}

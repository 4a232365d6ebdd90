package dev.afterglow.streams.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.alerts.forecast.DailySeries;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DailyCsvTest {

    @Test
    void readsDaysInAnyOrderAndTakesThoseThatAreMissingForNone() throws IOException {
        assertThat(read("date,x,count\n2026-01-03,a,7\n2026-01-01,b,5\n"))
                .isEqualTo(new DailySeries(LocalDate.of(2026, 1, 1), List.of(5L, 0L, 7L)));
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

    private static DailySeries read(String text) throws IOException {
        return new DailyCsv("t.csv", "date", "count").read(new StringReader(text));
    }
}

package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackTestCommandTest {

    @TempDir
    Path directory;

    private String file;

    /** January is even; February is even up to a burst on the 12th, which takes as much as 20 other days. */
    @BeforeEach
    void twoMonths() throws IOException {
        var text = new StringBuilder("day,impressions\n");
        var first = LocalDate.of(2026, 1, 1);
        first.datesUntil(LocalDate.of(2026, 3, 1))
                .forEach(day -> text.append(day).append(day.equals(LocalDate.of(2026, 2, 12)) ? ",2000\n" : ",100\n"));
        file = Files.writeString(directory.resolve("days.csv"), text).toString();
    }

    @Test
    void listsTheErrorsByMonthAndTheirMeansWithTheSumOfTheImpressions() {
        // when
        var result = run();

        // then
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsSubsequence(
                        "month     impressions          day 5         day 10         day 15         day 20"
                                + "   warned/reached",
                        "2026-01         3,100    0.0 >   0.0    0.0 >   0.0    0.0 >   0.0    0.0 >   0.0   3/28",
                        "all             7,800   20.2 >  20.2   20.2 >  20.2   17.5 >   1.5    8.1 >   0.9")
                .noneMatch(line -> line.contains("by day"));
    }

    @Test
    void countsEarlyAndFalseWarningsOfBothMethodsWhenAsked() {
        // when
        var result = run("--warnings");

        // then: of the burst the baseline makes a level, and expects 110 % of February
        assertThat(result.out().lines())
                .containsSubsequence(
                        "budget                     by day 10      by day 15      by day 20",
                        "90 %, reached              1 >     1      2 >     2      2 >     2",
                        "110 %, never reached       0 >     0      1 >     0      1 >     0");
    }

    @Test
    void givesTheSameToPrograms() throws IOException {
        // when
        var json = new ObjectMapper().readTree(run("--format", "json").out());

        // then
        assertThat(json.path("warned")).hasSize(6).contains(new ObjectMapper().readTree("""
                        {"budgetPercent": 110, "byDay": 15, "baseline": 1, "method": 0}"""));
    }

    @Test
    void namesTheColumnsThatThereAre() {
        var result = Commands.run("costs", "backtest", file);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("has no column 'date': name one of [day, impressions] with --date")
                .contains("has no column 'count': name one of [day, impressions] with --count");
    }

    private Commands.Result run(String... options) {
        var arguments = new ArrayList<>(List.of("costs", "backtest", file, "--date", "day", "--count", "impressions"));
        arguments.addAll(List.of(options));
        return Commands.run(arguments.toArray(String[]::new));
    }
}

package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpikesCommandTest {

    @TempDir
    Path directory;

    @Test
    void saysWhichBurstsWereCaughtAndHowManyAlarmsWereFalse() throws IOException {
        // given
        var text = new StringBuilder("date,pageviews\n");
        for (int i = 0; i < 40; i++) {
            text.append(LocalDate.of(2026, 3, 1).plusDays(i)).append(i == 20 ? ",9000000\n" : ",1000000\n");
        }
        var file = Files.writeString(directory.resolve("days.csv"), text);

        // when
        var result = Commands.run("costs", "spikes", file.toString());

        // then
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "burst       days  times usual  after",
                        "2026-03-21     1          9.0  17 min",
                        "",
                        "month    bursts  caught  alerts  false alarms",
                        "2026-03       1       1       1             0",
                        "2026-04       0       0       0             0",
                        "all           1       1       1             0");
    }

    @Test
    void namesFileRowAndColumn() throws IOException {
        // given
        var file = Files.writeString(directory.resolve("days.csv"), "date,n\n2026-03-01,5\n2026-03-02,many\n");

        // when
        var result = Commands.run("costs", "spikes", file.toString());

        // then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(file + ", row 2: n 'many' is no whole number");
    }

    @Test
    void namesItsCommandsWhenNoneIsGiven() {
        var result = Commands.run("costs");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("spikes");
    }
}

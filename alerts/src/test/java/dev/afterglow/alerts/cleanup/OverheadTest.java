package dev.afterglow.alerts.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverheadTest {

    @ParameterizedTest
    @CsvSource({
        "0, 7, it shipped 7 bytes",
        "0, 1000, it shipped 1 kB",
        "999, 0, it added 1000 µs to pages",
        "1000, 0, it added 1 ms to pages",
        "59000000, 0, it added 59 s to pages",
        "90000000, 1234567, it added 1.5 min to pages and shipped 1.2 MB",
        "11700000000, 41400000000, it added 3.3 h to pages and shipped 41 GB",
        "9223372036854775807, 9223372036854775807, it added 110000000 days to pages and shipped 9200000 TB"
    })
    void saysItInTwoFigures(long micros, long bytes, String words) {
        assertThat(new Overhead(micros, bytes).inWords()).isEqualTo(words);
    }
}

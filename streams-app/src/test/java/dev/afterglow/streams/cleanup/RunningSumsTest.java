package dev.afterglow.streams.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningSumsTest {

    private static final ExperimentKey KEY = new ExperimentKey("shop", "production", "checkout");
    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final RunningSums sums = new RunningSums();
    private final List<String> asked = new ArrayList<>();

    @Test
    void addsUpOnlyWhatIsNotKnownYet() {
        assertThat(sum(0, 2)).isEqualTo(2);
        assertThat(sum(0, 5)).isEqualTo(5);
        assertThat(sum(0, 5)).isEqualTo(5);
        assertThat(asked).containsExactly("0-2", "2-5");
    }

    @Test
    void addsUpAnewForAnEarlierEndAndForAnotherStart() {
        assertThat(sum(0, 5)).isEqualTo(5);
        assertThat(sum(0, 3)).isEqualTo(3);
        assertThat(sum(1, 3)).isEqualTo(2);
        assertThat(asked).containsExactly("0-5", "0-3", "1-3");
    }

    @Test
    void addsUpAnewWhenTrafficInItHasChanged() {
        sum(0, 5);
        sums.changed(KEY, hour(5));
        sum(0, 5);
        assertThat(asked).containsExactly("0-5");

        sums.changed(KEY, hour(4));
        sum(0, 5);
        assertThat(asked).containsExactly("0-5", "0-5");
    }

    /** One impression an hour. */
    private long sum(int from, int to) {
        return sums.of(KEY, hour(from), hour(to), (start, end) -> {
            long first = Duration.between(NOON, start).toHours();
            long last = Duration.between(NOON, end).toHours();
            asked.add(first + "-" + last);
            return last - first;
        });
    }

    private static Instant hour(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }
}

package dev.afterglow.streams.impressions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.state.Watermark;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RoundTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final Round round = new Round(2);

    @Test
    void isCompleteOnceAllHaveReadUpToThePresent() {
        // given
        round.hear(new Watermark(0, NOON.minusSeconds(5)), NOON);

        // then
        assertThat(round.isComplete()).isFalse();
        round.hear(new Watermark(1, NOON), NOON.plusSeconds(4));
        assertThat(round.isComplete()).isTrue();
    }

    @Test
    void isNotCompleteWhileOneHasABacklog() {
        // given
        round.hear(new Watermark(0, NOON.minusMillis(5_001)), NOON);
        round.hear(new Watermark(1, NOON), NOON);

        // then
        assertThat(round.isComplete()).isFalse();
        round.hear(new Watermark(0, NOON), NOON);
        assertThat(round.isComplete()).isTrue();
    }

    @Test
    void beginsAnewOnceCleared() {
        // given
        round.hear(new Watermark(0, NOON), NOON);
        round.hear(new Watermark(1, NOON), NOON);

        // when
        round.clear();

        // then
        assertThat(round.isComplete()).isFalse();
    }
}

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
        round.hear(new Watermark(0, NOON.minusSeconds(5)));

        // then
        assertThat(round.isComplete(NOON)).isFalse();
        round.hear(new Watermark(1, NOON));
        assertThat(round.isComplete(NOON)).isTrue();
    }

    @Test
    void isNotCompleteWhileOneHasABacklog() {
        // given
        round.hear(new Watermark(0, NOON.minusSeconds(6)));
        round.hear(new Watermark(1, NOON));

        // then
        assertThat(round.isComplete(NOON)).isFalse();
        round.hear(new Watermark(0, NOON));
        assertThat(round.isComplete(NOON)).isTrue();
    }

    @Test
    void beginsAnewOnceCleared() {
        // given
        round.hear(new Watermark(0, NOON));
        round.hear(new Watermark(1, NOON));

        // when
        round.clear();

        // then
        assertThat(round.isComplete(NOON)).isFalse();
    }
}

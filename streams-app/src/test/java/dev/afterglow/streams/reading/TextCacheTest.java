package dev.afterglow.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextCacheTest {
    private static final long SEED = 20_261_123L;

    @Test
    void givesTheTextOfEachEventAlthoughItKeepsFew() {
        Random random = new Random(SEED);
        var cache = new TextCache<>(TextField.PROJECT, 8, text -> text);
        var view = new EventView();
        for (int i = 0; i < 10_000; i++) {
            String project = "p" + random.nextInt(30);
            view.copy(Events.event("id", project, "e", "x", "v", "u", null));
            assertThat(cache.of(view)).as("seed %d, event %d", SEED, i).isEqualTo(project);
        }
    }

    @Test
    void makesTheValueOfATextOnce() {
        // given
        var cache = new TextCache<>(TextField.PROJECT, 8, text -> new Object());
        var view = new EventView();
        view.copy(Events.plain());
        // when, then
        assertThat(cache.of(view)).isSameAs(cache.of(view));
    }
}

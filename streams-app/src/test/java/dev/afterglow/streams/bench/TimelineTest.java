package dev.afterglow.streams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long SECOND = 1_000_000_000;

    /** A million events: 10 s, of which the first fifth takes 6 s; then 5 s of waiting. */
    private static Timeline timeline() {
        var timeline = new Timeline(new Sample(0, 0, 0, 0, 10), 1_000_000);
        timeline.add(new Sample(5 * SECOND, 100_000, 0, 4, 11));
        timeline.add(new Sample(6 * SECOND, 200_000, 0, 5, 12));
        timeline.add(new Sample(9 * SECOND, 1_000_000, 500_000, 8, 13));
        timeline.add(new Sample(10 * SECOND, 1_000_000, 1_000_000, 9, 14));
        timeline.add(new Sample(15 * SECOND, 1_000_000, 1_000_000, 10, 15));
        return timeline;
    }

    @Test
    void endsWithTheLastProgress() {
        assertThat(timeline().end().nanos()).isEqualTo(10 * SECOND);
    }

    @Test
    void isQuietSinceThen() {
        assertThat(timeline().quietNanos()).isEqualTo(5 * SECOND);
    }

    @Test
    void measuresAllFromTheStart() {
        assertThat(timeline().allIn()).isEqualTo(new Measure(100_000, 9, 4));
    }

    @Test
    void measuresWarmFromTheFirstFifth() {
        assertThat(timeline().warm()).isEqualTo(new Measure(200_000, 4 / 0.8, 2 / 0.8));
    }

    @Test
    void hasNoWarmFigureWhenAllWasDoneAtTheFirstLook() {
        var timeline = new Timeline(new Sample(0, 0, 0, 0, 0), 10);
        timeline.add(new Sample(SECOND, 10, 10, 1, 1));

        assertThat(timeline.warm().throughput()).isNaN();
    }
}

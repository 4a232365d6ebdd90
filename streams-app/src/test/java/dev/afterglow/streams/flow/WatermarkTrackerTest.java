package dev.afterglow.streams.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.testkit.HeapStores;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class WatermarkTrackerTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(1);
    private static final Instant LAST = NOON.plusSeconds(2);

    private final KeyValueStore<String, Long> store = HeapStores.keyValue(Serdes.Long());
    private final WatermarkTracker tracker = new WatermarkTracker(store, 2);

    @Test
    void isUnknownUntilEverySourceHasReported() {
        // when
        assertThat(tracker.report(0, NOON)).isEmpty();
        assertThat(tracker.report(0, LATER)).isEmpty();

        // then
        assertThat(tracker.current()).isEmpty();
    }

    @Test
    void isTheLeastOfAllSources() {
        // given
        tracker.report(0, LAST);

        // when, then
        assertThat(tracker.report(1, NOON)).hasValue(NOON);
        assertThat(tracker.report(1, LATER)).hasValue(LATER);
        assertThat(tracker.current()).hasValue(LATER);
    }

    @Test
    void saysNothingWhenASourceMovesThatDoesNotHoldItBack() {
        // given
        tracker.report(0, NOON);
        tracker.report(1, NOON);

        // then
        assertThat(tracker.report(1, LAST)).isEmpty();
        assertThat(tracker.current()).hasValue(NOON);
    }

    @Test
    void neverGoesBack() {
        // given
        tracker.report(0, LATER);
        tracker.report(1, LATER);

        // when, then
        assertThat(tracker.report(0, NOON)).isEmpty();
        assertThat(tracker.current()).hasValue(LATER);
        assertThat(tracker.report(1, LAST)).isEmpty();
    }

    @Test
    void remembersAfterARestart() {
        // given
        tracker.report(0, NOON);
        tracker.report(1, LATER);

        // when
        var again = new WatermarkTracker(store, 2);

        // then
        assertThat(again.current()).hasValue(NOON);
        assertThat(again.report(0, LAST)).hasValue(LATER);
    }
}

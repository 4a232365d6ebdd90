package dev.afterglow.streams.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OriginTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final TopicPartition COUNTS = new TopicPartition("impressions", 0);
    private static final Origin ORIGIN = new Origin("cluster", Map.of("impressions", "id-1"));

    @Test
    void goesOnWhereNothingHasChanged() {
        assertThat(objection(ORIGIN, ORIGIN.meta(NOW), 5, NOW)).isEmpty();
    }

    @Test
    void goesOnFromTheVeryEnd() {
        assertThat(objection(ORIGIN, ORIGIN.meta(NOW), 9, NOW)).isEmpty();
    }

    @Test
    void startsAgainWhereTheTopicWasMadeAnew() {
        var anew = new Origin("cluster", Map.of("impressions", "id-2"));
        assertThat(objection(anew, ORIGIN.meta(NOW), 5, NOW))
                .hasValueSatisfying(it -> assertThat(it).contains("impressions"));
    }

    @Test
    void startsAgainOnAnotherCluster() {
        var other = new Origin("other", Map.of("impressions", "id-1"));
        assertThat(objection(other, ORIGIN.meta(NOW), 5, NOW)).isPresent();
    }

    @Test
    void startsAgainWhereTheOffsetHasExpired() {
        assertThat(objection(ORIGIN, ORIGIN.meta(NOW), 1, NOW))
                .hasValueSatisfying(it -> assertThat(it).contains("offset 1"));
    }

    @Test
    void startsAgainWhereTheOffsetIsBeyondTheEnd() {
        assertThat(objection(ORIGIN, ORIGIN.meta(NOW), 10, NOW)).isPresent();
    }

    @Test
    void startsAgainWhenTombstonesMayHaveBeenMissed() {
        var later = NOW.plus(Origin.LONGEST_ABSENCE).plusMillis(1);
        assertThat(objection(ORIGIN, ORIGIN.meta(NOW), 5, later)).isPresent();
    }

    @Test
    void startsAgainWhenAnotherVersionOfTheProgramWroteTheStore() {
        var meta = new HashMap<>(ORIGIN.meta(NOW));
        meta.put("format", "0");
        assertThat(objection(ORIGIN, meta, 5, NOW)).isPresent();
    }

    private static Optional<String> objection(Origin origin, Map<String, String> meta, long offset, Instant now) {
        return origin.objection(meta, Map.of(COUNTS, offset), Map.of(COUNTS, 2L), Map.of(COUNTS, 9L), now);
    }
}

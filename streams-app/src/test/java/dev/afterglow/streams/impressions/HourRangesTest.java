package dev.afterglow.streams.impressions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.state.SealedHours;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HourRangesTest {

    private static final long START = 400_000;

    @Test
    void holdsNothingAtFirst() {
        assertThat(HourRanges.contains(null, hour(0))).isFalse();
    }

    @Test
    void joinsHoursThatAreNearAndKeepsApartThoseThatAreNot() {
        var sealed = with(with(with(null, 0), 167), 1000);

        assertThat(sealed.getBounds()).containsExactly(START, START + 168, START + 1000, START + 1001);
        assertThat(HourRanges.contains(sealed, hour(-1))).isFalse();
        assertThat(HourRanges.contains(sealed, hour(100))).isTrue();
        assertThat(HourRanges.contains(sealed, hour(168))).isFalse();
        assertThat(HourRanges.contains(sealed, hour(1000))).isTrue();
    }

    @Test
    void joinsTwoRangesWhenTheHourBetweenThemIsSealed() {
        var sealed = with(with(with(null, 0), 300), 150);

        assertThat(sealed.getBounds()).containsExactly(START, START + 301);
    }

    @Test
    void neverForgetsASealedHourInWhateverOrderTheyCome() {
        long seed = 20261103;
        var random = new Random(seed);
        var hours = new HashSet<Integer>();
        SealedHours sealed = null;
        for (int i = 0; i < 2_000; i++) {
            int hour = random.nextInt(1_000_000);
            hours.add(hour);
            sealed = with(sealed, hour);
            var bounds = sealed.getBounds();
            assertThat(bounds).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
            assertThat(bounds.size()).as("seed %d", seed).isLessThanOrEqualTo(128);
        }

        var all = sealed;
        assertThat(hours).as("seed %d", seed).allMatch(hour -> HourRanges.contains(all, hour(hour)));
    }

    private static SealedHours with(SealedHours sealed, int hour) {
        return HourRanges.with(sealed, hour(hour));
    }

    private static Instant hour(int number) {
        return Instant.ofEpochSecond(3600 * (START + number));
    }
}

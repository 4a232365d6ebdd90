package dev.afterglow.streams.floods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongSetTest {

    @Test
    void isASetOfAnyNumbersZeroAmongThem() {
        long seed = 42;
        var random = new Random(seed);
        var expected = new HashSet<Long>();
        var set = new LongSet();
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextInt(4) == 0 ? random.nextInt(2_000) : random.nextLong();
            assertThat(set.contains(value)).as("seed %d", seed).isEqualTo(expected.contains(value));
            assertThat(set.add(value)).as("seed %d", seed).isEqualTo(expected.add(value));
        }

        assertThat(set.size()).isEqualTo(expected.size());
        assertThat(set.toArray()).containsExactlyInAnyOrder(expected.toArray(Long[]::new));
        assertThat(expected).contains(0L);
    }

    @Test
    void isEmptyAfterClearing() {
        var set = new LongSet();
        set.add(0);
        set.add(7);

        set.clear();

        assertThat(set.size()).isZero();
        assertThat(set.contains(0)).isFalse();
        assertThat(set.contains(7)).isFalse();
    }
}

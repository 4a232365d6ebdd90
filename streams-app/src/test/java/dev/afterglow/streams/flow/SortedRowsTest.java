package dev.afterglow.streams.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SortedRowsTest {

    private static final long SEED = 20_261_128L;

    private final SortedRows rows = new SortedRows(2);

    @Test
    void keepsRowsLikeASortedMap() {
        // given
        var random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            var expected = new TreeMap<Long, Long>();

            // when
            for (int i = 0; i < 200; i++) {
                long key = random.nextInt(1 + 3 * round) - round;
                int row = rows.rowOf(key);
                rows.set(row, 0, rows.get(row, 0) + i);
                rows.set(row, 1, -key);
                expected.merge(key, (long) i, Long::sum);
            }

            // then
            var sums = new TreeMap<Long, Long>();
            IntStream.range(0, rows.size()).forEach(row -> sums.put(rows.key(row), rows.get(row, 0)));
            assertThat(sums).as("seed %d, round %d", SEED, round).isEqualTo(expected);
            assertThat(IntStream.range(0, rows.size()))
                    .allSatisfy(row -> assertThat(rows.get(row, 1)).isEqualTo(-rows.key(row)))
                    .hasSize(expected.size());
            assertThat(IntStream.range(0, rows.size()).mapToLong(rows::key)).isSorted();
            rows.clear(4);
        }
    }

    @Test
    void beginsWithZerosOnceCleared() {
        // given
        rows.set(rows.rowOf(7), 1, 5);

        // when
        rows.clear(4);

        // then
        assertThat(rows.size()).isZero();
        assertThat(rows.get(rows.rowOf(7), 1)).isZero();
    }
}

package dev.afterglow.streams.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.testkit.HeapStores;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DueIndexTest {

    private static final int STEPS = 3_000;
    private static final Comparator<DueIndex.Due> ORDER =
            Comparator.comparing(DueIndex.Due::at).thenComparing(DueIndex.Due::subject);

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    /** Several processors of a task add and remove in turn, and one asks. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesTheFirstWhicheverIndexTheyCameThrough(long seed) {
        var random = new Random(seed);
        KeyValueStore<String, Long> store = HeapStores.keyValue(Serdes.Long());
        var upcoming = new DueIndex.Upcoming();
        var indices = List.of(new DueIndex(store, upcoming), new DueIndex(store, upcoming));
        var expected = new TreeSet<>(ORDER);

        for (int step = 0; step < STEPS; step++) {
            var index = indices.get(random.nextInt(2));
            if (random.nextInt(3) > 0) {
                var due = new DueIndex.Due(Instant.ofEpochMilli(random.nextInt(500)), "s" + random.nextInt(20));
                index.add(due.at(), due.subject());
                expected.add(due);
            } else {
                var limit = Instant.ofEpochMilli(random.nextInt(500));
                int most = 1 + random.nextInt(10);
                var found = index.earliest(limit, most);
                var due = expected.stream()
                        .filter(one -> !one.at().isAfter(limit))
                        .limit(most)
                        .toList();
                assertThat(due).as("step %d", step).startsWith(found.toArray(DueIndex.Due[]::new));
                assertThat(found.isEmpty()).as("step %d", step).isEqualTo(due.isEmpty());
                found.stream().limit(random.nextInt(most + 1)).forEach(judged -> {
                    index.remove(judged);
                    expected.remove(judged);
                });
            }
        }
    }

    @Test
    void readsTheStoreAnewWhenATaskGoesOnAfterOthersHaveGoneOnWithIt() {
        // given
        var store = HeapStores.keyValue(Serdes.Long());
        var upcoming = new DueIndex.Upcoming();
        new DueIndex(store, upcoming).add(Instant.ofEpochMilli(1), "mine");
        var others = new DueIndex(store);
        others.remove(new DueIndex.Due(Instant.ofEpochMilli(1), "mine"));
        others.add(Instant.ofEpochMilli(2), "theirs");

        // when
        var index = new DueIndex(store, upcoming);

        // then
        assertThat(index.earliest(Instant.ofEpochMilli(3), 10))
                .containsExactly(new DueIndex.Due(Instant.ofEpochMilli(2), "theirs"));
    }
}

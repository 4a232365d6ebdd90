package dev.afterglow.streams.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.streams.cleanup.DueCases.Due;
import dev.afterglow.streams.flow.DueIndex;
import dev.afterglow.streams.testkit.HeapStores;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

class DueCasesTest {

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final Instant ONE = NOON.plusSeconds(3600);
    private static final ExperimentKey A = new ExperimentKey("shop", "production", "a/1%");
    private static final ExperimentKey B = new ExperimentKey("shop", "production", "b");

    private final DueCases due = new DueCases(HeapStores.keyValue(Serdes.Long()), new DueIndex.Upcoming());

    @Test
    void givesNoMoreThanAskedFor() {
        // given
        due.add(NOON, A);
        due.add(NOON, B);

        // then
        assertThat(due.earliest(NOON, 1)).containsExactly(new Due(NOON, A));
        assertThat(due.earliest(NOON, 2)).hasSize(2);
    }

    @Test
    void givesCasesInTheOrderOfTime() {
        // given
        due.add(ONE, A);
        due.add(NOON, B);
        due.add(NOON, A);

        // then
        assertThat(due.earliest(ONE, 100)).containsExactly(new Due(NOON, A), new Due(NOON, B), new Due(ONE, A));
    }

    @Test
    void givesTheNextOneWhenTheEarliestIsRemoved() {
        // given
        due.add(ONE, A);
        due.add(NOON, A);

        // when
        due.remove(new Due(NOON, A));

        // then
        assertThat(due.earliest(ONE, 100)).containsExactly(new Due(ONE, A));
    }

    @Test
    void givesWhatIsDueAtTheLimitAndNothingBeyond() {
        // given
        due.add(NOON, A);

        // then
        assertThat(due.earliest(NOON.minusMillis(1), 100)).isEmpty();
        assertThat(due.earliest(NOON, 100)).hasSize(1);
    }

    @Test
    void remembersACaseOnceForATime() {
        // given
        due.add(NOON, A);
        due.add(NOON, A);

        // then
        assertThat(due.earliest(NOON, 100)).hasSize(1);
    }

    @Test
    void keepsTimesOfAbsurdSizeInOrder() {
        // given a time in microseconds instead of milliseconds, and one before 1970
        due.add(Instant.ofEpochMilli(NOON.toEpochMilli() * 1000), A);
        due.add(Instant.ofEpochMilli(Long.MAX_VALUE), A);
        due.add(Instant.parse("1815-12-10T00:00:00Z"), B);
        due.add(NOON, A);

        // then
        assertThat(due.earliest(NOON, 100)).containsExactly(new Due(Instant.EPOCH, B), new Due(NOON, A));
        due.earliest(NOON, 100).forEach(due::remove);
        assertThat(due.earliest(NOON, 100)).isEmpty();
    }
}

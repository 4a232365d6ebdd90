package dev.afterglow.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.streams.testkit.HeapStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenStoreTest {

    private static final Instant FIRST = Instant.parse("2026-11-03T12:00:00Z");
    private static final Duration HORIZON = Duration.ofHours(24);
    private static final long NAME = 0;
    private static final long OTHER = -1;

    @TempDir
    Path directory;

    private WindowStore<Bytes, byte[]> store;
    private SeenStore seen;

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
        store = HeapStores.open(SeenStore.builder("seen", HORIZON).withLoggingDisabled(), context);
        seen = new SeenStore(store, HORIZON);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void remembersWhatWasSeen() {
        // given
        assertThat(isFirst(NAME, FIRST)).isTrue();

        // when, then
        assertThat(isFirst(NAME, FIRST)).isFalse();
        assertThat(isFirst(NAME, FIRST.plusSeconds(1))).isFalse();
    }

    @Test
    void remembersToTheLastMillisecondOfTheHorizonAndNoLonger() {
        // given
        isFirst(NAME, FIRST);
        isFirst(OTHER, FIRST);

        // when, then
        assertThat(isFirst(NAME, FIRST.plus(HORIZON).minusMillis(1))).isFalse();
        assertThat(isFirst(OTHER, FIRST.plus(HORIZON))).isTrue();
    }

    @Test
    void isNeverProlongedByARepeat() {
        // given repeats all along
        isFirst(NAME, FIRST);
        for (int hours = 1; hours < 24; hours++) {
            assertThat(isFirst(NAME, FIRST.plus(Duration.ofHours(hours)))).isFalse();
        }

        // when, then
        assertThat(isFirst(NAME, FIRST.plus(HORIZON))).isTrue();
    }

    @Test
    void remembersAnewWhatItHasForgotten() {
        // given
        isFirst(NAME, FIRST);
        isFirst(NAME, FIRST.plus(HORIZON));

        // when, then
        assertThat(isFirst(NAME, FIRST.plus(HORIZON).plusSeconds(1))).isFalse();
    }

    @Test
    void tellsNamesApart() {
        // given
        isFirst(NAME, FIRST);

        // when, then
        assertThat(isFirst(OTHER, FIRST)).isTrue();
    }

    private boolean isFirst(long name, Instant arrival) {
        return seen.isFirst(name, arrival.toEpochMilli());
    }
}

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
    private static final Bytes NAME = name(1);

    @TempDir
    Path directory;

    private WindowStore<Bytes, Long> store;
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
    void remembersWhatWasSeenFirst() {
        // given
        assertThat(seen.firstSeen(NAME, 7, FIRST)).isEmpty();

        // when, then
        assertThat(seen.firstSeen(NAME, 8, FIRST)).hasValue(7);
        assertThat(seen.firstSeen(NAME, 9, FIRST.plusSeconds(1))).hasValue(7);
    }

    @Test
    void remembersToTheLastMillisecondOfTheHorizonAndNoLonger() {
        // given
        seen.firstSeen(NAME, 7, FIRST);
        seen.firstSeen(name(2), 7, FIRST);

        // when, then
        assertThat(seen.firstSeen(NAME, 8, FIRST.plus(HORIZON).minusMillis(1))).hasValue(7);
        assertThat(seen.firstSeen(name(2), 8, FIRST.plus(HORIZON))).isEmpty();
    }

    @Test
    void isNeverProlongedByADuplicate() {
        // given duplicates all along
        seen.firstSeen(NAME, 7, FIRST);
        for (int hours = 1; hours < 24; hours++) {
            assertThat(seen.firstSeen(NAME, 8, FIRST.plus(Duration.ofHours(hours))))
                    .hasValue(7);
        }

        // when, then
        assertThat(seen.firstSeen(NAME, 9, FIRST.plus(HORIZON))).isEmpty();
    }

    @Test
    void remembersAnewWhatItHasForgotten() {
        // given
        seen.firstSeen(NAME, 7, FIRST);
        seen.firstSeen(NAME, 8, FIRST.plus(HORIZON));

        // when, then
        assertThat(seen.firstSeen(NAME, 9, FIRST.plus(HORIZON).plusSeconds(1))).hasValue(8);
    }

    @Test
    void tellsNamesApart() {
        // given
        seen.firstSeen(NAME, 7, FIRST);

        // when, then
        assertThat(seen.firstSeen(name(2), 8, FIRST)).isEmpty();
    }

    private static Bytes name(int number) {
        var bytes = new byte[16];
        bytes[15] = (byte) number;
        return Bytes.wrap(bytes);
    }
}

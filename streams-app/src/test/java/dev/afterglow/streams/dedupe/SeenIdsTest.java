package dev.afterglow.streams.dedupe;

import static dev.afterglow.streams.dedupe.Sighting.CONFLICT;
import static dev.afterglow.streams.dedupe.Sighting.DUPLICATE;
import static dev.afterglow.streams.dedupe.Sighting.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenIdsTest {

    private static final int HOUR = 500_000;
    private static final int CONTENTS = 77;

    @TempDir
    Path directory;

    private SeenIds ids;

    @BeforeEach
    void open() {
        ids = new SeenIds(new Spill(directory), new IdLimits(2_000));
    }

    @AfterEach
    void close() {
        ids.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x1234_5678_9abc_def0L})
    void knowsAnyIdAgainOnTheHeapAndSealed(long id) {
        // given
        assertThat(ids.see(id, CONTENTS, HOUR, 24)).isEqualTo(NEW);

        // when, then
        assertThat(ids.see(id, CONTENTS, HOUR, 24)).isEqualTo(DUPLICATE);
        assertThat(ids.see(id, CONTENTS, HOUR + 1, 24)).isEqualTo(DUPLICATE);
        assertThat(ids.see(~id, CONTENTS, HOUR + 1, 24)).isEqualTo(NEW);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE})
    void tellsOtherContentsOfAnIdAsAConflictAndKeepsTheFirst(int contents) {
        // given
        ids.see(0, contents, HOUR, 24);
        ids.see(5, contents, HOUR, 24);

        // when, then
        assertThat(ids.see(5, contents ^ 1, HOUR, 24)).isEqualTo(CONFLICT);
        assertThat(ids.see(5, contents, HOUR, 24)).isEqualTo(DUPLICATE);
        assertThat(ids.see(0, contents ^ 1, HOUR + 2, 24)).isEqualTo(CONFLICT);
        assertThat(ids.see(0, contents, HOUR + 2, 24)).isEqualTo(DUPLICATE);
        assertThat(ids.see(5, contents ^ 1, HOUR + 2, 24)).isEqualTo(CONFLICT);
    }

    @Test
    void remembersThroughTheHorizonAndNotTheHourAfter() {
        ids.see(1, CONTENTS, HOUR, 3);
        assertThat(ids.see(1, CONTENTS, HOUR + 3, 3)).isEqualTo(DUPLICATE);
        assertThat(ids.see(1, CONTENTS, HOUR + 4, 3)).isEqualTo(NEW);
    }

    @Test
    void isNotProlongedByDuplicates() {
        // given
        ids.see(1, CONTENTS, HOUR, 3);

        // when
        for (int hour = 0; hour <= 3; hour++) {
            ids.see(1, CONTENTS, HOUR + hour, 3);
        }

        // then
        assertThat(ids.see(1, CONTENTS, HOUR + 4, 3)).isEqualTo(NEW);
    }

    @Test
    void looksNoFurtherThanTheHorizonOfTheEvent() {
        ids.see(1, CONTENTS, HOUR, 24);
        assertThat(ids.see(1, CONTENTS, HOUR + 5, 6)).isEqualTo(DUPLICATE);
        assertThat(ids.see(1, CONTENTS, HOUR + 7, 6)).isEqualTo(NEW);
    }

    @Test
    void findsAnIdThatWasSeenUnderAnotherHorizon() {
        ids.see(1, CONTENTS, HOUR, 24);
        assertThat(ids.see(1, CONTENTS, HOUR, 2)).isEqualTo(DUPLICATE);
        assertThat(ids.see(1, CONTENTS, HOUR + 1, 2)).isEqualTo(DUPLICATE);
        assertThat(ids.segments()).isEqualTo(1);
    }

    @Test
    void keepsAnIdApartThatLooksLikeItsNeighbours() {
        // given ids that differ in single bits
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertThat(ids.see(1L << bit, bit, HOUR, 24)).isEqualTo(NEW);
        }

        // when, then
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertThat(ids.see(1L << bit, bit, HOUR + 1, 24)).isEqualTo(DUPLICATE);
        }
    }

    @Test
    void sealsWhatIsMoreThanTheHeapMayHoldAndKnowsItStill() throws IOException {
        // given five times what may be open
        var random = new SplittableRandom(11);
        long[] all = random.longs(10_000).toArray();

        // when
        for (long id : all) {
            assertThat(ids.see(id, (int) id, HOUR, 24)).isEqualTo(NEW);
        }

        // then
        assertThat(ids.mappedBytes()).isGreaterThan(8_000 * 12);
        for (long id : all) {
            assertThat(ids.see(id, (int) id, HOUR, 24)).isEqualTo(DUPLICATE);
        }
        assertThat(ids.size()).isEqualTo(10_000);
        try (var files = Files.list(directory)) {
            assertThat(files).as("a kill leaves nothing behind").isEmpty();
        }
    }

    @Test
    void makesOnePartOfAnHourWhenItIsOver() {
        // given
        for (long id = 0; id < 10_000; id++) {
            ids.see(id, 3, HOUR, 24);
        }
        long inParts = ids.mappedBytes();

        // when
        ids.see(-1, 3, HOUR + 1, 24);

        // then
        assertThat(ids.mappedBytes()).isGreaterThan(inParts);
        assertThat(ids.size()).isEqualTo(10_001);
        for (long id = 0; id < 10_000; id++) {
            assertThat(ids.see(id, 3, HOUR + 24, 24)).isEqualTo(DUPLICATE);
        }
    }

    @Test
    void givesEverythingBackWhenAnHourIsForgotten() {
        // given
        for (long id = 0; id < 10_000; id++) {
            ids.see(id, 3, HOUR, 1);
        }
        ids.see(-1, 3, HOUR + 1, 1);

        // when
        ids.see(-1, 3, HOUR + 2, 1);

        // then
        assertThat(ids.size()).isEqualTo(1);
        assertThat(ids.segments()).isEqualTo(1);
        assertThat(ids.mappedBytes()).isLessThan(16 * 1024);
    }

    @Test
    void saysWhatToDoWhenTheDiskTakesNothing() throws IOException {
        // given a file where the directory should be
        Path file = Files.writeString(directory.resolve("file"), "");
        var stuck = new SeenIds(new Spill(file), new IdLimits(2_000));
        for (long id = 0; id < 2_000; id++) {
            stuck.see(id, 3, HOUR, 1);
        }

        // when, then: also the second time, and nothing is forgotten
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> stuck.see(-1, 3, HOUR, 1))
                    .isInstanceOf(SpillException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("state.dir");
            assertThatThrownBy(() -> stuck.see(-1, 3, HOUR + 1, 1)).isInstanceOf(SpillException.class);
        }
        assertThat(stuck.see(5, 3, HOUR, 1)).isEqualTo(DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 8_785})
    void refusesAHorizonThatIsNone(int horizon) {
        assertThatThrownBy(() -> ids.see(1, 1, HOUR, horizon))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(horizon));
    }

    @Test
    void takesLessThan32BytesAnIdInAllWhenManyHoursAreGroupedBehindOneFilter() {
        // given
        var random = new SplittableRandom(17);
        long[] all = random.longs(200_000).toArray();

        // when
        for (int event = 0; event < all.length; event++) {
            ids.see(all[event], event, HOUR + event / 8_000, 24);
        }

        // then
        assertThat(ids.segments()).isEqualTo(25);
        assertThat(ids.mappedBytes()).isBetween(16L * 192_000, 18L * 192_000);
        for (int event = 0; event < all.length; event++) {
            assertThat(ids.see(all[event], event, HOUR + 24, 24)).isEqualTo(DUPLICATE);
        }
    }

    @Test
    void looksAtNothingThatWasFreedWhenTheDiskBecomesFull() throws IOException {
        // given hours of their own files, the first of which is about to be forgotten
        Path spilled = directory.resolve("spilled");
        var stuck = new SeenIds(new Spill(spilled), new IdLimits(2_000));
        for (int id = 0; id < 4_000; id++) {
            stuck.see(id, 3, HOUR + id / 2_000, 1);
        }
        Files.delete(spilled);
        Files.writeString(spilled, "");

        // when
        assertThatThrownBy(() -> stuck.see(-1, 3, HOUR + 2, 1)).isInstanceOf(SpillException.class);

        // then
        assertThat(stuck.see(3_000, 3, HOUR + 1, 1)).isEqualTo(DUPLICATE);
        stuck.close();
    }
}

package dev.afterglow.streams.dedupe;

import static dev.afterglow.streams.dedupe.Sighting.DUPLICATE;
import static dev.afterglow.streams.dedupe.Sighting.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes back from the changelog, before and after its compaction. */
class RestoreTest {

    private static final int HOUR = 500_000;
    private static final IdLimits LIMITS = new IdLimits(1_000);

    @TempDir
    Path directory;

    private final List<Entry> log = new ArrayList<>();

    @Test
    void bringsBackWhatWasLoggedAndItsSizes() {
        // given
        var before = open();
        for (int event = 0; event < 20_000; event++) {
            before.see(event, event, HOUR + event / 3_000, 2 + event % 2);
            commitEvery(700, event, before);
        }
        commit(before);

        // when
        var after = restored();

        // then
        int now = HOUR + 19_999 / 3_000;
        for (int event = 0; event < 20_000; event++) {
            assertThat(after.see(event, event, now, 2 + event % 2))
                    .as("event %d", event)
                    .isEqualTo(before.see(event, event, now, 2 + event % 2));
        }
        assertThat(after.size()).isEqualTo(before.size());
        assertThat(after.segments()).isEqualTo(before.segments());
    }

    @Test
    void forgetsWhatWasNotLogged() {
        // given
        var before = open();
        before.see(1, 1, HOUR, 24);
        commit(before);
        before.see(2, 1, HOUR, 24);

        // when
        var after = restored();

        // then
        assertThat(after.see(1, 1, HOUR, 24)).isEqualTo(DUPLICATE);
        assertThat(after.see(2, 1, HOUR, 24)).isEqualTo(NEW);
    }

    @Test
    void neverUsesAKeyTwiceAlsoAfterARestore() {
        // given
        var ids = open();
        var random = new SplittableRandom(3);
        for (int round = 0; round < 20; round++) {
            for (int event = 0; event < 300; event++) {
                ids.see(random.nextLong(), event, HOUR + round / 5, 1 + event % 3);
            }
            commit(ids);
            ids.close();
            ids = restored();
        }

        // then
        assertThat(log.stream().filter(entry -> entry.batch != null).map(Entry::key))
                .doesNotHaveDuplicates();
    }

    @Test
    void deletesEachBatchOfAForgottenHourOnce() {
        // given
        var ids = open();
        for (int event = 0; event < 1_000; event++) {
            ids.see(event, event, HOUR, 3);
            commitEvery(100, event, ids);
        }
        commit(ids);
        var batches = log.stream().map(Entry::key).collect(Collectors.toSet());
        log.clear();

        // when
        ids.see(-1, 0, HOUR + 4, 3);
        commit(ids);
        commit(ids);

        // then
        assertThat(log.stream().filter(entry -> entry.batch == null).map(Entry::key))
                .containsExactlyInAnyOrderElementsOf(batches);
        assertThat(batches).hasSizeGreaterThan(5);
    }

    @Test
    void deletesAtTheNextCommitWhatExpiredBeforeARestore() {
        // given an hour that was forgotten in a transaction that was aborted
        var before = open();
        before.see(1, 1, HOUR, 3);
        commit(before);
        before.see(2, 1, HOUR + 4, 3);

        // when
        var after = restored();
        after.see(2, 1, HOUR + 4, 3);
        log.clear();
        commit(after);

        // then
        assertThat(log).extracting(Entry::key).contains(new BatchKey(3, HOUR, 0));
    }

    @Test
    void restoresTheSameFromACompactedChangelog() {
        // given
        var before = open();
        for (int event = 0; event < 20_000; event++) {
            before.see(event, event, HOUR + event / 2_000, 2);
            commitEvery(333, event, before);
        }
        commit(before);

        // when only the newest record of each key is left, and some tombstones are gone
        Map<BatchKey, Integer> newest = new HashMap<>();
        for (int at = 0; at < log.size(); at++) {
            newest.put(log.get(at).key, at);
        }
        var compacted = new TreeMap<Integer, Entry>();
        newest.values().forEach(at -> compacted.put(at, log.get(at)));
        compacted.values().removeIf(entry -> entry.batch == null && entry.key.sequence() % 2 == 0);
        var after = open();
        compacted.values().forEach(entry -> after.restore(entry.key, entry.batch));

        // then
        int now = HOUR + 19_999 / 2_000;
        for (int event = 0; event < 20_000; event++) {
            assertThat(after.see(event, event, now, 2)).isEqualTo(before.see(event, event, now, 2));
        }
        log.clear();
        commit(after);
        assertThat(log).as("nothing is deleted twice").noneMatch(entry -> entry.batch == null);
    }

    @Test
    void refusesAKeyOfAnotherFormat() {
        assertThatThrownBy(() -> BatchKey.of(new byte[] {2, 0, 0})).hasMessageContaining("newer version");
        assertThat(BatchKey.of(new BatchKey(24, HOUR, 1L << 40).toBytes())).isEqualTo(new BatchKey(24, HOUR, 1L << 40));
    }

    private SeenIds open() {
        return new SeenIds(new Spill(directory), LIMITS);
    }

    private SeenIds restored() {
        var ids = open();
        log.forEach(entry -> ids.restore(entry.key, entry.batch));
        return ids;
    }

    private void commitEvery(int events, int event, SeenIds ids) {
        if (event % events == events - 1) {
            commit(ids);
        }
    }

    private void commit(SeenIds ids) {
        ids.drain((key, batch) -> log.add(new Entry(key, batch)), key -> log.add(new Entry(key, null)));
    }

    private record Entry(BatchKey key, byte[] batch) {}
}

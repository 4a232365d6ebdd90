package dev.afterglow.streams.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

    private static final byte[] KEY = Table.PROGRESS.key("intake/0");
    private static final byte[] VALUE = {1};
    private static final TopicPartition PARTITION = new TopicPartition("afterglow.impressions", 3);

    @TempDir
    Path directory;

    @Test
    void keepsValuesAndOffsetsOverARestart() {
        // given
        try (var store = Store.open(directory)) {
            fill(store);
        }

        // when
        try (var store = Store.open(directory);
                var reader = store.reader()) {

            // then
            assertThat(reader.get(KEY)).isEqualTo(VALUE);
            assertThat(store.offsets()).isEqualTo(Map.of(PARTITION, 42L));
        }
    }

    @Test
    void survivesAProcessThatIsKilled(@TempDir Path copy) throws Exception {
        // given: the files as they are when nobody has closed the store
        try (var store = Store.open(directory)) {
            fill(store);
            try (var files = Files.list(directory)) {
                for (var file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }

        // when
        try (var store = Store.open(copy);
                var reader = store.reader()) {

            // then
            assertThat(reader.get(KEY)).isEqualTo(VALUE);
            assertThat(store.offsets()).isEqualTo(Map.of(PARTITION, 42L));
        }
    }

    @Test
    void writesNothingOfABatchThatWasNotCommitted() {
        try (var store = Store.open(directory)) {
            // when
            try (var batch = store.batch()) {
                batch.put(KEY, VALUE);
            }

            // then
            try (var reader = store.reader()) {
                assertThat(reader.get(KEY)).isNull();
            }
        }
    }

    @Test
    void looksUpAtOnceWhatIsThereWhatIsNotAndNothing() {
        var absent = Table.PROGRESS.key("intake/1");
        try (var store = Store.open(directory)) {
            // given
            fill(store);
            try (var batch = store.batch()) {
                // when
                batch.lookUp(List.of());
                batch.lookUp(List.of(absent, KEY, KEY));

                // then
                assertThat(batch.get(KEY)).isEqualTo(VALUE);
                assertThat(batch.get(absent)).isNull();
            }
        }
    }

    @Test
    void seesWhatABatchHasChangedBeforeWhatWasLookedUp() {
        var absent = Table.PROGRESS.key("intake/1");
        try (var store = Store.open(directory)) {
            // given
            fill(store);
            try (var batch = store.batch()) {
                batch.lookUp(List.of(KEY, absent));

                // when
                batch.delete(KEY);
                batch.put(absent, VALUE);

                // then
                assertThat(batch.get(KEY)).isNull();
                assertThat(batch.get(absent)).isEqualTo(VALUE);
            }
        }
    }

    @Test
    void forgetsEverythingButItsNewOriginWhenItStartsAgain() {
        try (var store = Store.open(directory)) {
            // given
            fill(store);

            // when
            store.startAgain(Map.of("cluster", "c"));

            // then
            try (var reader = store.reader()) {
                assertThat(reader.get(KEY)).isNull();
            }
            assertThat(store.offsets()).isEmpty();
            assertThat(store.meta()).isEqualTo(Map.of("cluster", "c"));
        }
    }

    @Test
    void namesTheDirectoryWhenItIsInUse() {
        try (var user = Store.open(directory)) {
            // when, then
            assertThatThrownBy(() -> Store.open(directory))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(directory.toString());
            assertThat(user.meta()).isEmpty();
        }
    }

    @Test
    void beginsAnewWhenTheFilesAreDamaged() throws Exception {
        // given
        try (var store = Store.open(directory)) {
            fill(store);
        }
        Files.writeString(directory.resolve("CURRENT"), "rubbish");

        // when
        try (var store = Store.open(directory)) {

            // then
            assertThat(store.offsets()).isEmpty();
        }
    }

    @Test
    void refusesQueriesAfterItWasClosed() {
        // given
        var store = Store.open(directory);
        store.close();

        // when, then
        assertThatThrownBy(store::reader).isInstanceOf(IllegalStateException.class);
    }

    private static void fill(Store store) {
        try (var batch = store.batch()) {
            batch.put(KEY, VALUE);
            batch.putOffset(PARTITION, 42);
            store.commit(batch);
        }
    }
}

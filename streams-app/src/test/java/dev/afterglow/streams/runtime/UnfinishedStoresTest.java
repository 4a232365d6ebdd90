package dev.afterglow.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class UnfinishedStoresTest {

    @TempDir
    Path streams;

    @Test
    void deletesTheTaskOfAStoreThatRocksDbWouldNotOpen() throws Exception {
        // given a store of which a kill has left the log alone
        var broken = store("afterglow.cleanup/0_1/rocksdb/project-hours");
        Files.delete(broken.resolve("CURRENT"));
        Files.writeString(broken.resolve("000017.log"), "x");

        // when
        UnfinishedStores.delete(streams);

        // then
        assertThat(streams.resolve("afterglow.cleanup/0_1")).doesNotExist();
        assertThatCode(() -> store("afterglow.cleanup/0_1/rocksdb/project-hours"))
                .doesNotThrowAnyException();
    }

    @Test
    void deletesTheTaskOfABrokenSegment() throws Exception {
        // given
        var broken = store("afterglow.intake/0_0/rocksdb/repeats/repeats.1763856000000");
        Files.delete(broken.resolve("CURRENT"));

        // when
        UnfinishedStores.delete(streams);

        // then
        assertThat(streams.resolve("afterglow.intake/0_0")).doesNotExist();
    }

    @Test
    void leavesOtherTasksAlone() throws Exception {
        // given
        var whole = store("afterglow.cleanup/0_1/rocksdb/project-hours");
        var broken = store("afterglow.cleanup/0_2/rocksdb/project-hours");
        Files.delete(broken.resolve("CURRENT"));
        Files.writeString(streams.resolve("afterglow.cleanup/kafka-streams-process-metadata"), "{}");

        // when
        UnfinishedStores.delete(streams);

        // then
        assertThat(whole.resolve("CURRENT")).exists();
        assertThat(streams.resolve("afterglow.cleanup/kafka-streams-process-metadata"))
                .exists();
    }

    @Test
    void doesNothingAtTheFirstStart() {
        assertThatCode(() -> UnfinishedStores.delete(streams.resolve("missing")))
                .doesNotThrowAnyException();
    }

    private Path store(String name) throws IOException, RocksDBException {
        var directory = Files.createDirectories(streams.resolve(name));
        try (var options = new Options().setCreateIfMissing(true);
                var db = RocksDB.open(options, directory.toString())) {
            db.put(new byte[] {1}, new byte[] {2});
        }
        return directory;
    }
}

package dev.afterglow.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an id costs, computed. */
class IdArithmeticTest {

    private static final int HOUR = 500_000;
    /** Tables of an empty hour: 64 shards of 16 slots. */
    private static final long SMALL_CHANGE = 64 * (16 * 12 + 64);

    @TempDir
    Path directory;

    @Test
    void takesAtMost32BytesOfHeapAnIdAtEverySize() {
        // given
        var random = new SplittableRandom(5);
        var ids = new SeenIds(new Spill(directory), new IdLimits(1 << 24));

        // when, then: with a commit now and then, as ids wait for it in another 12 bytes each
        for (int size = 1; size <= 300_000; size++) {
            ids.see(random.nextLong(), size, HOUR, 24);
            if (size % 997 == 0) {
                ids.drain((key, batch) -> {}, key -> {});
                assertThat(ids.heapBytes()).as("at %d ids", size).isLessThanOrEqualTo(32L * size + SMALL_CHANGE);
            }
        }
        ids.close();
    }

    @Test
    void keepsTheHeapWithinItsBoundWhateverTheHorizon() {
        // given
        var random = new SplittableRandom(6);
        var limits = new IdLimits(10_000);
        var ids = new SeenIds(new Spill(directory), limits);

        // when, then
        for (int event = 0; event < 400_000; event++) {
            ids.see(random.nextLong(), event, HOUR + event / 4_000, 8_000);
            if (event % 1_000 == 999) {
                ids.drain((key, batch) -> {}, key -> {});
                long described = ids.segments() * (SMALL_CHANGE + SealedPart.HEAP_BYTES);
                assertThat(ids.heapBytes()).isLessThanOrEqualTo(32L * limits.maxOpenIds() + described);
            }
        }
        assertThat(ids.size()).isEqualTo(400_000);
        ids.close();
    }

    @Test
    void takesLessThan16BytesOfMappedFileForAnIdSealed() {
        // given
        var random = new SplittableRandom(7);
        var ids = new SeenIds(new Spill(directory), new IdLimits(1 << 24));
        for (int event = 0; event < 100_000; event++) {
            ids.see(random.nextLong(), event, HOUR, 24);
        }

        // when
        ids.see(0, 0, HOUR + 1, 24);

        // then
        assertThat(ids.mappedBytes()).isBetween(15 * 100_000L, 16 * 100_000L);
        ids.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 1_000, 43_690, 43_691, 1_000_000})
    void takesAtMost16BytesOfChangelogAnIdAndStaysBelowTheRecordLimit(int idsInACommit) {
        // given
        var ids = new SeenIds(new Spill(directory), IdLimits.DEFAULT);
        for (long id = 0; id < idsInACommit; id++) {
            ids.see(id, 0, HOUR, 24);
        }

        // when
        List<byte[]> batches = new ArrayList<>();
        List<BatchKey> keys = new ArrayList<>();
        ids.drain(
                (key, batch) -> {
                    keys.add(key);
                    batches.add(batch);
                },
                key -> {});

        // then, with a batch of its own for every record, the worst case
        long bytes = 0;
        for (byte[] batch : batches) {
            assertThat(batch.length).isLessThanOrEqualTo(512 * 1024);
            bytes += DefaultRecordBatch.RECORD_BATCH_OVERHEAD
                    + DefaultRecord.sizeInBytes(0, 0, BatchKey.BYTES, batch.length, new Header[0]);
        }
        assertThat(bytes).isLessThanOrEqualTo(16L * idsInACommit);
        assertThat(keys).doesNotHaveDuplicates();
        ids.close();
    }
}

package dev.afterglow.streams.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.bundle.RelayStand.Probe;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka Streams does with bundles on a real broker: the transactions, the offsets, and what is done again. */
@ExtendWith(SharedCluster.class)
class BundlingIT {

    private static final int EVENTS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    @Test
    void givesEachRecordOnceWithItsOwnPlaceAndInFewerPieces(EmbeddedCluster cluster) {
        // given
        var stand = RelayStand.create(cluster.bootstrapServers(), directory);
        stand.send(EVENTS);
        var probe = new Probe();

        // when
        try (var streams = stand.streams(probe, OFTEN)) {
            streams.start();
            await().atMost(PATIENCE).until(() -> stand.relayed().size() == EVENTS);
        }

        // then
        assertThat(stand.relayed())
                .containsExactlyElementsOf(LongStream.range(0, EVENTS).boxed().toList());
        assertThat(stand.committedOffset()).isEqualTo(EVENTS);
        assertThat(probe.bundles().get()).isLessThan(EVENTS / 2);
    }

    @Test
    void doesAWholeBundleAgainThatFailedInItsMidst(EmbeddedCluster cluster) {
        // given
        var stand = RelayStand.create(cluster.bootstrapServers(), directory);
        stand.send(EVENTS);
        var probe = new Probe();
        probe.failAt().set(EVENTS / 2);

        // when
        try (var streams = stand.streams(probe, OFTEN)) {
            streams.start();
            await().atMost(PATIENCE).until(() -> stand.relayed().size() >= EVENTS);
        }

        // then
        assertThat(probe.failures().get()).isEqualTo(1);
        assertThat(stand.relayed())
                .containsExactlyElementsOf(LongStream.range(0, EVENTS).boxed().toList());
    }

    @Test
    void commitsNothingOfABundleAtWork(EmbeddedCluster cluster) throws InterruptedException {
        // given
        var stand = RelayStand.create(cluster.bootstrapServers(), directory);
        stand.send(EVENTS);
        var probe = new Probe();
        var held = new CountDownLatch(1);
        probe.holdSecond().set(held);

        // when
        try (var streams = stand.streams(probe, NEVER)) {
            streams.start();
            await().atMost(PATIENCE).until(() -> probe.bundles().get() == 2);

            // then
            assertThat(stand.committedOffset()).isEqualTo(stand.relayed().size());
            assertThat(stand.committedOffset()).isBetween(1L, EVENTS - 1L);
            held.countDown();
            await().atMost(PATIENCE).until(() -> stand.relayed().size() == EVENTS);
        }
    }
}

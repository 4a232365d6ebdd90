package dev.afterglow.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.runtime.KeepingProcessor.Probe;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a stage that has to wait while counting has a backlog, on a real broker.
 * {@code -Dafterglow.held.seconds=20} has it wait for so long beyond what is tested.
 */
@ExtendWith(SharedCluster.class)
class HoldIT {

    private static final int RECORDS = 10;
    private static final int TRANSACTION_MS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The broker looks for transactions that have been open for too long every ten seconds. */
    private static final int HELD_FOR_S = Integer.getInteger("afterglow.held.seconds", 0);

    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @TempDir
    Path directory;

    @Test
    void commitsWhatItHasBegunBeforeItsTransactionMayTimeOut(EmbeddedCluster cluster) throws Exception {
        // given
        var running = new AtomicReference<Flow>();
        var judging = new Probe(number -> {
            if (number == RECORDS) {
                running.get().holdJudging();
            }
        });
        try (var stand = stand(cluster);
                var flow = stand.start(new Probe(), judging, failure)) {
            running.set(flow);
            await().atMost(PATIENCE).until(flow::isRunning);

            // when
            stand.send(RECORDS);
            await().atMost(PATIENCE).until(() -> judging.processed().get() == RECORDS);

            // then
            await().atMost(Duration.ofMillis(TRANSACTION_MS)).until(() -> stand.readByJudging() == RECORDS);
            await().atMost(PATIENCE).until(() -> stand.open() == 0);
            new CountDownLatch(1).await(HELD_FOR_S, TimeUnit.SECONDS);
            assertThat(stand.end(IsolationLevel.READ_COMMITTED))
                    .isEqualTo(stand.end(IsolationLevel.READ_UNCOMMITTED))
                    .isGreaterThan(RECORDS);

            // and then it goes on as if nothing had been
            flow.resumeJudging();
            stand.send(1);
            await().atMost(PATIENCE).until(() -> stand.readByJudging() == RECORDS + 1);
            assertThat(judging.processed()).hasValue(RECORDS + 1);
            assertThat(failure).isNotDone();
        }
    }

    @Test
    void restoresWhatItKeepsThoughItHasToWait(EmbeddedCluster cluster) throws Exception {
        // given
        try (var stand = stand(cluster)) {
            try (var flow = stand.start(new Probe(), new Probe(), failure)) {
                await().atMost(PATIENCE).until(flow::isRunning);
                stand.send(RECORDS);
                await().atMost(PATIENCE).until(() -> stand.readByJudging() == RECORDS);
            }
            stand.loseState();
            var counting = new Probe();
            var judging = new Probe();
            try (var flow = stand.start(counting, judging, failure)) {

                // when
                await().atMost(PATIENCE).until(() -> {
                    flow.holdJudging();
                    return flow.isRunning();
                });
                flow.holdJudging();
                stand.send(1);

                // then it waits, and counting goes first
                await().atMost(PATIENCE).until(() -> counting.processed().get() == 1);
                assertThat(judging.processed()).hasValue(0);
                flow.resumeJudging();
                await().atMost(PATIENCE).until(() -> judging.processed().get() == 1);
            }
        }
    }

    private HeldStand stand(EmbeddedCluster cluster) throws Exception {
        var settings = Map.of(
                "commit.interval.ms", "2000",
                "main.consumer.session.timeout.ms", "6000",
                "main.consumer.heartbeat.interval.ms", "1500",
                "producer.transaction.timeout.ms", Integer.toString(TRANSACTION_MS));
        return new HeldStand(cluster, directory, settings);
    }
}

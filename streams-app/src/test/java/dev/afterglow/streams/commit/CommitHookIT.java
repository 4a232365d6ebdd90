package dev.afterglow.streams.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.commit.GatheringProcessor.Probe;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a commit interval that no test lives to see, so that all that is committed is committed because a task is closed
 * or taken away.
 */
@ExtendWith(SharedCluster.class)
class CommitHookIT {

    private static final int EVENTS = 100;
    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void writesInTheTransactionOfTheOffsetsWhenItIsClosed(EmbeddedCluster cluster) {
        // given
        var stand = HookStand.create(cluster.bootstrapServers(), directory);
        var probe = new Probe();
        try (KafkaStreams streams = stand.streams(probe, NEVER, "one")) {
            streams.start();
            stand.send(EVENTS);
            awaitProcessed(probe, EVENTS);
            assertThat(stand.forwarded()).isZero();
        }

        // then
        assertThat(stand.committedOffsets()).isEqualTo(EVENTS);
        assertThat(stand.forwarded()).isEqualTo(EVENTS);
        assertThat(stand.totals()).isEqualTo(EVENTS);
    }

    @Test
    void writesWhatATaskHasGatheredBeforeItGoesToAnotherMember(EmbeddedCluster cluster) {
        // given
        var stand = HookStand.create(cluster.bootstrapServers(), directory);
        var probe = new Probe();
        try (KafkaStreams first = stand.streams(probe, NEVER, "one");
                KafkaStreams second = stand.streams(new Probe(), NEVER, "two")) {
            first.start();
            stand.send(EVENTS);
            awaitProcessed(probe, EVENTS);

            // when
            second.start();

            // then: the transaction is the thread's, so that all its tasks commit when one is taken away
            await().atMost(PATIENCE).until(() -> stand.forwarded() > 0);
            assertThat(stand.forwarded()).isEqualTo(EVENTS);
            assertThat(stand.totals()).isEqualTo(EVENTS);
            assertThat(stand.committedOffsets()).isEqualTo(EVENTS);
            await().atMost(PATIENCE).until(() -> HookStand.tasks(second) == 1);
        }
        assertThat(stand.forwarded()).isEqualTo(EVENTS);
    }

    @Test
    void leavesNoTraceOfWhatWasWrittenInATransactionThatFailed(EmbeddedCluster cluster) {
        // given
        var stand = HookStand.create(cluster.bootstrapServers(), directory);
        var probe = new Probe();
        probe.failuresInHook().set(2);
        try (KafkaStreams streams = stand.streams(probe, OFTEN, "one")) {
            streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
            streams.start();

            // when
            stand.send(EVENTS);

            // then
            await().atMost(PATIENCE).until(() -> stand.committedOffsets() == EVENTS);
        }
        assertThat(probe.processed()).as("read again after the failure").hasValueGreaterThan(EVENTS);
        assertThat(stand.forwarded()).isEqualTo(EVENTS);
        assertThat(stand.totals()).isEqualTo(EVENTS);
    }

    private static void awaitProcessed(Probe probe, int events) {
        await().atMost(PATIENCE).until(() -> probe.processed().get() == events);
    }
}

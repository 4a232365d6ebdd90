package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.runtime.Service;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class TwoInstancesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void countExactlyAndBothAnswerForEverythingWhenOneGoesAndComesBack(EmbeddedCluster cluster) throws Exception {
        // given
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        try (var staying = stand.start("one");
                var sender = stand.sender();
                var load = Load.start(sender, traffic, 500)) {
            try (var leaving = stand.start("two")) {
                awaitShare(staying);
                awaitShare(leaving);
            }

            // when
            try (var back = startAgain(stand)) {
                awaitShare(back);
                long events = load.stop();
                var here = new Api(staying.url()).awaitSettled();
                var there = new Api(back.url()).awaitSettled();

                // then
                long repeats = Load.repeatsAmong(events);
                assertThat(here.counts()).isEqualTo(traffic.countsOf(events));
                assertThat(there.counts()).isEqualTo(here.counts());
                assertThat(here.sums()).isEqualTo(new Api.Sums(events + repeats, events, repeats, 0, 0));
                assertThat(there.sums()).isEqualTo(here.sums());
            }
        }
    }

    /** On a busy machine the one that left may still hold its directory for a moment; a new process would not mind. */
    private static Service startAgain(Stand stand) {
        return await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StreamsException.class)
                .until(() -> stand.start("two"), Objects::nonNull);
    }

    /** Until an instance runs, and has had traffic to count. */
    private static void awaitShare(Service service) {
        var api = new Api(service.url());
        await().atMost(PATIENCE)
                .until(() -> service.readiness().ready() && api.sums().counted() > 0);
    }
}

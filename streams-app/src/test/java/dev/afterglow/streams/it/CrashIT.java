package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.contract.IntakeLedger;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class CrashIT {

    private static final int CRASHES = 3;
    private static final int LONGEST_LIFE_MS = 4_000;

    @TempDir
    Path directory;

    @Test
    void countsPublishesAndAlertsOnceThoughKilledUnderLoad(EmbeddedCluster cluster) throws Exception {
        // given
        long seed = System.nanoTime();
        var random = new Random(seed);
        var stand = new Stand(cluster, directory);
        var traffic = Traffic.recent(Instant.now());
        long events;
        Api.Sums sums;
        Map<ImpressionKey, Long> counts;
        try (var sender = stand.sender()) {
            try (var first = stand.startChild("one")) {
                first.url();
                stand.apply(Stand.DEFINITIONS);
            }
            try (var load = Load.start(sender, traffic, 1_000)) {

                // when
                for (int crash = 0; crash < CRASHES; crash++) {
                    try (var child = stand.startChild("one")) {
                        child.url();
                        await().pollDelay(Duration.ofMillis(random.nextInt(LONGEST_LIFE_MS)))
                                .until(() -> true);
                    }
                }
                try (var last = stand.startChild("one")) {
                    var api = new Api(last.url());
                    events = load.stop();
                    api.awaitSettled();
                    sums = api.sums();
                    counts = api.counts();
                }
            }
        }

        // then
        assertThat(counts).as("seed %d", seed).isEqualTo(traffic.countsOf(events));
        long repeats = Load.repeatsAmong(events);
        assertThat(sums).as("seed %d", seed).isEqualTo(new Api.Sums(events + repeats, events, repeats, 0, 0));
        mustBePublishedOnce(stand, seed, events);
        mustBeAlertedOnce(stand, seed);
    }

    private static void mustBePublishedOnce(Stand stand, long seed, long events) {
        var published = new HashMap<String, List<ImpressionCount>>();
        stand.committed()
                .records(stand.topics().impressions())
                .forEach(record -> published
                        .computeIfAbsent(record.key(), key -> new ArrayList<>())
                        .add(record.value()));
        published.forEach((key, counts) -> assertThat(counts)
                .as("revisions of %s, seed %d", key, seed)
                .extracting(ImpressionCount::getRevision)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, counts.size()).boxed().toList()));
        long sum = published.values().stream()
                .mapToLong(counts -> counts.get(counts.size() - 1).getCount())
                .sum();
        var ledgers = new HashMap<String, IntakeLedger>();
        stand.committed()
                .records(stand.topics().intakeLedger())
                .forEach(record -> ledgers.put(record.key(), record.value()));
        assertThat(sum).as("sum of impressions, seed %d", seed).isEqualTo(events);
        assertThat(ledgers.values().stream().mapToLong(IntakeLedger::getCounted).sum())
                .as("counted of the ledgers, seed %d", seed)
                .isEqualTo(sum);
        ledgers.values().forEach(CrashIT::mustBalance);
    }

    private static void mustBalance(IntakeLedger ledger) {
        assertThat(ledger.getReceived())
                .as("received of %s", ledger)
                .isEqualTo(ledger.getCounted()
                        + ledger.getDuplicate()
                        + sum(ledger.getExcluded().values())
                        + sum(ledger.getDeadLettered().values()));
    }

    private static long sum(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }

    private static void mustBeAlertedOnce(Stand stand, long seed) {
        var topics = stand.topics();
        var alerts = Stream.concat(
                        stand.committed().values(topics.cleanupAlerts()).stream()
                                .map(alert -> alert.getAlertId() + ' ' + alert.getStatus()),
                        stand.committed().values(topics.costAlerts()).stream()
                                .map(alert -> alert.getAlertId() + ' ' + alert.getStatus()))
                .toList();
        assertThat(alerts)
                .as("seed %d", seed)
                .doesNotHaveDuplicates()
                .contains(
                        "LEFTOVER_ROLLOUT/shop/production/exp-0/-/1 ESCALATED",
                        "ZOMBIE_TRAFFIC/shop/production/exp-1/-/1 ESCALATED");
    }
}

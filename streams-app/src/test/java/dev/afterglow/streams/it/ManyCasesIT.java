package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.contract.AlertStatus;
import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.runtime.CleanupAlone;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.FakePolicies;
import dev.afterglow.streams.testkit.SharedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many cases that are due in one and the same hour, by the clock of a subscriber: from the word that makes them due to
 * the last of their alerts. {@code -Dafterglow.cases=100000} takes more of them.
 */
@ExtendWith(SharedCluster.class)
class ManyCasesIT {

    private static final Logger LOGGER = LoggerFactory.getLogger(ManyCasesIT.class);
    private static final int CASES = Integer.getInteger("afterglow.cases", 1_000);
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(15);
    private static final Instant TRAFFIC = NOON.plus(Duration.ofHours(25));
    private static final Instant WARNED = NOON.plus(Duration.ofHours(26));
    private static final Instant CRITICAL = NOON.plus(Duration.ofDays(2));

    /** As an operator leaves it. */
    private static final String[] SETTINGS = {
        "afterglow.experiments.partitions", "4",
        "afterglow.settle.time.ms", Long.toString(SETTLE.toMillis()),
        "afterglow.watermark.interval.ms", "1000",
        "commit.interval.ms", "10000"
    };

    /** A Java that is as quick as that of the service. */
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=4", "-Xmx2g");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void tellsOfAllThatAreDueAtOnceWithinAMinute(EmbeddedCluster cluster) throws Exception {
        // given all are leftovers from one hour on, with traffic, and judged up to before they may be told
        var stand = new Stand(cluster, directory);
        try (var admin = Admin.create(stand.config("admin").adminSettings());
                var feeder = new StageFeeder(stand.config("feeder", SETTINGS));
                var subscriber = new Subscriber(stand)) {
            feeder.policies(List.of(FakePolicies.shop(1)
                    .setWarnAfterDays(1)
                    .setCriticalAfterDays(2)
                    .setCriticalCostMicros(Long.MAX_VALUE)
                    .build()));
            feeder.plans(List.of(FakeAccounts.plan("default", 1, 10).build()));
            var log = directory.resolve("cleanup.log");
            var file = stand.file("cleanup", SETTINGS);
            try (var stage = Child.start(log, OPTIONS, CleanupAlone.class, file.toString())) {
                var progress = new StageProgress(admin, stand.topics(), feeder.partitions(), stand.committed());
                IntStream.range(0, CASES).forEach(i -> feeder.define(key(i), definition(i)));
                feeder.traffic(
                        IntStream.range(0, CASES).mapToObj(ManyCasesIT::deltas).toList(), Map.of(TRAFFIC, 5L * CASES));
                feeder.awaitSent();
                await("all is read")
                        .atMost(PATIENCE)
                        .failFast(() -> !stage.isAlive())
                        .until(() -> progress.read() == feeder.sent());
                feeder.watermark(TRAFFIC.plus(SETTLE));
                await("all is known")
                        .atMost(PATIENCE)
                        .failFast(() -> !stage.isAlive())
                        .until(() -> progress.hasJudged(TRAFFIC.plus(SETTLE)));

                // when
                var opened = told(feeder, WARNED, subscriber);
                await("the hour is over")
                        .atMost(PATIENCE)
                        .failFast(() -> !stage.isAlive())
                        .until(() -> progress.hasJudged(WARNED.plus(SETTLE)));
                var escalated = told(feeder, CRITICAL, subscriber);

                // then
                LOGGER.atInfo()
                        .addKeyValue("cases", CASES)
                        .addKeyValue("openedAfterMs", opened.toMillis())
                        .addKeyValue("escalatedAfterMs", escalated.toMillis())
                        .log("told of all");
                var alerts = stand.committed().values(stand.topics().cleanupAlerts());
                mustBeOfAll(alerts, AlertStatus.OPEN);
                mustBeOfAll(alerts, AlertStatus.ESCALATED);
                assertThat(opened).isLessThan(TOLD_WITHIN);
                assertThat(escalated).isLessThan(TOLD_WITHIN);
            }
        }
    }

    /** How long it takes from the word that all before a full hour has been read to the last alert. */
    private static Duration told(StageFeeder feeder, Instant hour, Subscriber subscriber) {
        long start = System.nanoTime();
        feeder.watermark(hour.plus(SETTLE));
        subscriber.awaitMore(CASES, PATIENCE);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void mustBeOfAll(List<CleanupAlert> alerts, AlertStatus status) {
        assertThat(alerts.stream()
                        .filter(alert -> alert.getStatus() == status)
                        .map(CleanupAlert::getExperiment)
                        .sorted())
                .containsExactlyElementsOf(IntStream.range(0, CASES)
                        .mapToObj(i -> key(i).experiment())
                        .toList());
    }

    private static ExperimentDefinition definition(int index) {
        return Experiments.full(1, NOON).setExperiment(key(index).experiment()).build();
    }

    private static ExperimentDeltas deltas(int index) {
        var key = key(index);
        return new ExperimentDeltas(
                key.project(),
                key.environment(),
                key.experiment(),
                CountingPolicy.EVALUATION,
                List.of(new QuarterCount("green", TRAFFIC, 5L)));
    }

    private static ExperimentKey key(int index) {
        return new ExperimentKey("shop", "production", String.format(Locale.ROOT, "item-%06d", index));
    }

    /** Counts the alerts that have been committed, as they come. */
    private static final class Subscriber implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer;

        Subscriber(Stand stand) {
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            stand.config("subscriber").bootstrapServers(),
                            "group.id",
                            stand.topics().prefix() + "subscriber",
                            "isolation.level",
                            "read_committed",
                            "auto.offset.reset",
                            "earliest"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumer.subscribe(List.of(stand.topics().cleanupAlerts().name()));
        }

        void awaitMore(int alerts, Duration patience) {
            long deadline = System.nanoTime() + patience.toNanos();
            int heard = 0;
            while (heard < alerts && System.nanoTime() < deadline) {
                heard += consumer.poll(Duration.ofMillis(20)).count();
            }
            assertThat(heard).as("alerts").isEqualTo(alerts);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}

package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.streams.cleanup.CleanupTopology;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.it.Committed;
import dev.afterglow.streams.it.Stand;
import dev.afterglow.streams.progress.Stages;
import dev.afterglow.streams.runtime.CleanupAlone;
import dev.afterglow.streams.testkit.SharedCluster;
import dev.afterglow.streams.year.SimulatedYear;
import dev.afterglow.streams.year.YearFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** The stage of clean-up on a real broker, which is killed while it lives through a simulated year. */
final class YearArena implements AutoCloseable {

    private static final Duration SETTLE = Duration.ofMinutes(15);
    /** Patience for a machine that has others to serve too, and by the experiment for the work that it is. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration PATIENCE_BY_EXPERIMENT = Duration.ofSeconds(2);
    private static final int ANSWERS_WITHIN_S = 30;

    private final Stand stand;
    private final Committed committed;
    private final Admin admin;
    private final YearSender sender;
    private final Stages stages;
    private final YearFeed feed;
    private final Instance stage;
    private final Duration patience;
    private int cutShort;

    /** Starts the stage, with the policies of the year and nothing else to read. */
    YearArena(EmbeddedCluster cluster, Path directory, SimulatedYear year, YearFeed.Order order, long seed)
            throws IOException {
        stand = new Stand(
                cluster.bootstrapServers(), cluster.schemaRegistryUrl(), directory, SharedCluster.freshPrefix());
        var settings = new ArrayList<>(Arena.SETTINGS);
        settings.addAll(List.of("afterglow.settle.time.ms", Long.toString(SETTLE.toMillis())));
        var file = stand.file("cleanup", settings.toArray(String[]::new));
        committed = stand.committed();
        admin = Admin.create(stand.config("admin").adminSettings());
        sender = new YearSender(stand.config("sender"));
        stages = new Stages(Map.of(CleanupTopology.STAGE, sender.partitions()));
        feed = new YearFeed(year, order, seed, SETTLE, sender);
        patience = PATIENCE.plus(PATIENCE_BY_EXPERIMENT.multipliedBy(year.experiments()));
        stage = new Instance(directory, "cleanup", CleanupAlone.class, file.toString());
        sender.policies(year.policies());
        stage.start();
    }

    /** Sends the definitions up to the end of a day, and waits until none of them can be read after what is sent next. */
    void define(int day) {
        feed.define(day);
        sender.awaitSent();
        await("what was sent is read")
                .atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .failFast(stage::hasGivenUp)
                .until(() -> read() == sender.sent());
    }

    /** Sends what is left of a day. */
    void live(int day) {
        feed.live(day);
    }

    /** Kills the stage while it works on a day, and starts it again. */
    void kill(int day) throws IOException {
        stage.kill();
        cutShort += hasJudged(day) ? 0 : 1;
        stage.start();
    }

    /** How many kills came before all that was there had been judged. */
    int cutShort() {
        return cutShort;
    }

    /** Waits until a day has been judged, and stops the stage. */
    void stopAfter(int day) throws InterruptedException {
        await("the year is judged")
                .atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .failFast(stage::hasGivenUp)
                .until(() -> hasJudged(day));
        stage.terminate();
        stage.awaitEnd();
        new Transactions(admin, stand.topics().prefix()).noneMayBeOpen();
        assertThat(committed.raw(stand.topics().deadLetters())).isEmpty();
    }

    /** What a subscriber reads, partition by partition. */
    List<ConsumerRecord<String, CleanupAlert>> alerts() {
        return committed.records(stand.topics().cleanupAlerts());
    }

    private boolean hasJudged(int day) {
        var rows = committed.values(stand.topics().progress());
        return stages.watermark(rows)
                .filter(at -> !at.isBefore(feed.readUpTo(day)))
                .isPresent();
    }

    private long read() throws Exception {
        return admin
                .listConsumerGroupOffsets(stand.topics().prefix() + CleanupTopology.STAGE)
                .partitionsToOffsetAndMetadata()
                .get(ANSWERS_WITHIN_S, TimeUnit.SECONDS)
                .values()
                .stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    @Override
    public void close() {
        stage.close();
        sender.close();
        admin.close();
    }
}

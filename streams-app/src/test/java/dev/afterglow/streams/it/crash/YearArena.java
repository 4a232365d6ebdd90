package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.ExperimentOutcome;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.it.Committed;
import dev.afterglow.streams.it.StageFeeder;
import dev.afterglow.streams.it.StageProgress;
import dev.afterglow.streams.it.Stand;
import dev.afterglow.streams.runtime.CleanupAlone;
import dev.afterglow.streams.testkit.SharedCluster;
import dev.afterglow.streams.year.SimulatedYear;
import dev.afterglow.streams.year.YearFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The stage of clean-up on a real broker, which is killed while it lives through a simulated year. */
final class YearArena implements AutoCloseable {

    private static final Duration SETTLE = Duration.ofMinutes(15);
    /** Patience for a machine that has others to serve too, and by the experiment for the work that it is. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration PATIENCE_BY_EXPERIMENT = Duration.ofSeconds(2);
    private static final Duration MOMENT_WITHIN = Duration.ofSeconds(1);

    private final Stand stand;
    private final Committed committed;
    private final Admin admin;
    private final StageFeeder sender;
    private final StageProgress progress;
    private final YearFeed feed;
    private final Instance stage;
    private final Duration patience;

    /** Starts the stage, with the policies and price plans of the year and nothing else to read. */
    YearArena(EmbeddedCluster cluster, Path directory, SimulatedYear year, YearFeed.Order order, long seed)
            throws IOException {
        stand = new Stand(
                cluster.bootstrapServers(), cluster.schemaRegistryUrl(), directory, SharedCluster.freshPrefix());
        var settings = new ArrayList<>(Arena.SETTINGS);
        settings.addAll(List.of("afterglow.settle.time.ms", Long.toString(SETTLE.toMillis())));
        var file = stand.file("cleanup", settings.toArray(String[]::new));
        committed = stand.committed();
        admin = Admin.create(stand.config("admin").adminSettings());
        sender = new StageFeeder(stand.config("sender"));
        progress = new StageProgress(admin, stand.topics(), sender.partitions(), committed);
        feed = new YearFeed(year, order, seed, SETTLE, sender);
        patience =
                PATIENCE.plus(PATIENCE_BY_EXPERIMENT.multipliedBy(year.lives().size()));
        stage = new Instance(directory, "cleanup", CleanupAlone.class, file.toString());
        sender.policies(year.policies());
        sender.plans(year.plans());
        stage.start();
    }

    /** Sends the days from one to before another, the traffic when none of their definitions can be read behind it. */
    void live(int from, int to) {
        feed.define(to - 1);
        sender.awaitSent();
        await("what was sent is read")
                .atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .failFast(stage::hasGivenUp)
                .until(() -> progress.read() == sender.sent());
        IntStream.range(from, to).forEach(feed::live);
    }

    /**
     * Kills the stage when there are alerts that it has written and not committed, and starts it again.
     *
     * @return whether that moment came, and was met
     */
    boolean killInMidTransaction() throws Exception {
        if (!Moments.comes(MOMENT_WITHIN, () -> progress.uncommitted() > 0)) {
            return false;
        }
        stage.kill();
        boolean met = progress.uncommitted() > 0;
        stage.start();
        return met;
    }

    /** Waits until a day has been judged, and stops the stage. */
    void stopAfter(int day) throws InterruptedException {
        await("the year is judged")
                .atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .failFast(stage::hasGivenUp)
                .until(() -> progress.hasJudged(feed.readUpTo(day)));
        stage.terminate();
        stage.awaitEnd();
        new Transactions(admin, stand.topics().prefix()).noneMayBeOpen();
        assertThat(committed.raw(stand.topics().deadLetters())).isEmpty();
    }

    /** What a subscriber reads, partition by partition. */
    List<ConsumerRecord<String, CleanupAlert>> alerts() {
        return committed.records(stand.topics().cleanupAlerts());
    }

    /** What a subscriber reads under each key, in that order; null takes back what was said. */
    SortedMap<String, List<ExperimentOutcome>> outcomes() {
        var outcomes = new TreeMap<String, List<ExperimentOutcome>>();
        committed
                .records(stand.topics().outcomes())
                .forEach(record -> outcomes.computeIfAbsent(record.key(), first -> new ArrayList<>())
                        .add(record.value()));
        return outcomes;
    }

    @Override
    public void close() {
        stage.close();
        sender.close();
        admin.close();
    }
}

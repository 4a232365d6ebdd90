package dev.afterglow.streams.it.crash;

import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.cost.CostTopology;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.intake.IntakeTopology;
import dev.afterglow.streams.it.Sender;
import dev.afterglow.streams.it.Stand;
import dev.afterglow.streams.testkit.SharedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** A pipeline that is sent a month of traffic, and is killed while it counts and bills it. */
final class MonthArena implements AutoCloseable {

    /** So many pieces the traffic comes in. */
    private static final int PIECES = 60;

    /** So many pieces may wait to be counted, so that kills and changes fall into the work, not behind it. */
    private static final int AHEAD = 6;

    private static final int LONGEST_LIFE_MS = 600;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PATIENCE_BY_MILLION = Duration.ofMinutes(3);

    private final Plan plan;
    private final Month month;
    private final Stand stand;
    private final Admin admin;
    private final Sender sender;
    private final Instance instance;
    private final Duration patience;
    private final long began = System.nanoTime();
    private long sent;
    private long repeats;

    /** Starts the instance, and tells it what is known at the beginning. */
    MonthArena(EmbeddedCluster cluster, Path directory, Plan plan, Month month) throws IOException {
        this.plan = plan;
        this.month = month;
        stand = new Stand(
                cluster.bootstrapServers(), cluster.schemaRegistryUrl(), directory, SharedCluster.freshPrefix());
        admin = Admin.create(stand.config("admin").adminSettings());
        sender = stand.sender();
        patience = PATIENCE.plus(PATIENCE_BY_MILLION.multipliedBy(month.events() / 1_000_000));
        var settings = new ArrayList<>(Arena.SETTINGS);
        settings.addAll(List.of("afterglow.lateness.days", "3650"));
        instance = new Instance(directory, "one", stand.file("one", settings.toArray(String[]::new)));
        instance.start().awaitReady();
        stand.apply(month.definitions());
    }

    /** Sends the month, kills the instance at chance moments in it, and stops it when all is billed. */
    void live() throws Exception {
        var fatal = new TreeSet<Integer>();
        while (fatal.size() < plan.rounds()) {
            // Neither before anything is billed nor when there is little left to do.
            fatal.add(PIECES / 6 + plan.random().nextInt(PIECES * 2 / 3));
        }
        for (int piece = 0; piece < PIECES; piece++) {
            if (piece == PIECES / 2) {
                stand.apply(month.changes());
            }
            send(month.events() * piece / PIECES, month.events() * (piece + 1) / PIECES);
            if (fatal.contains(piece)) {
                killWhileItBills();
            }
        }
        awaitSettled();
        instance.terminate();
        instance.awaitEnd();
        new Transactions(admin, stand.topics().prefix()).noneMayBeOpen();
    }

    Bills bills() {
        return new Bills(stand.committed(), stand.topics(), plan.name() + ", seed " + plan.seed());
    }

    /** How many events were sent a second time. */
    long repeats() {
        return repeats;
    }

    long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    }

    private void send(long from, long to) throws Exception {
        for (long number = from; number < to; number++) {
            sender.send(month.event(number));
            long again = month.repeatedAfter(number);
            if (again >= 0) {
                sender.send(month.event(again));
                repeats++;
                sent++;
            }
            sent++;
        }
        sender.await();
        long ahead = month.events() * AHEAD / PIECES;
        await("what was sent is counted, seed " + plan.seed())
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .failFast(instance::hasGivenUp)
                .until(() -> counted() >= sent - ahead);
    }

    private void killWhileItBills() throws Exception {
        instance.awaitReady();
        Moments.untilCommitted(admin, stand.topics().prefix() + CostTopology.STAGE);
        plan.linger(0, LONGEST_LIFE_MS);
        instance.kill();
        instance.start();
    }

    private long counted() throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(stand.topics().prefix() + IntakeTopology.STAGE)
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private void awaitSettled() {
        var end = Instant.now();
        await("the month is billed, seed " + plan.seed())
                .atMost(patience)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .failFast(instance::hasGivenUp)
                .until(() -> instance.api().isSettledSince(end));
    }

    @Override
    public void close() {
        instance.close();
        sender.close();
        admin.close();
    }
}

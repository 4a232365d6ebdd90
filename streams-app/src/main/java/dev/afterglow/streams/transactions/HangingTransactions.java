package dev.afterglow.streams.transactions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells of transactions in our own topics that nobody will ever end: the partition holds one for open, its coordinator
 * has done with it. No reader of committed records gets past it, and a stage that restores from there waits for ever,
 * without a word from Kafka.
 *
 * <p>None is ended here. A broker of Kafka 4.3 that is killed between the decision to commit and the markers that tell the
 * partitions, and that comes back without another broker, may drop these markers: what hangs was committed then, and to
 * abort it, which is all that Kafka offers, would take counts away that other partitions keep.
 */
public final class HangingTransactions implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(HangingTransactions.class);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

    private final Admin admin;
    private final Predicate<String> topics;
    private final ScheduledExecutorService executor;
    private Set<String> told = new HashSet<>();
    private boolean blind;

    private HangingTransactions(Admin admin, Predicate<String> topics) {
        this.admin = admin;
        this.topics = topics;
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "hanging-transactions");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to look, and logs an error once for each that is found.
     *
     * @param admin stays the caller's to close, after this
     * @param topics which topics are looked at
     */
    public static HangingTransactions watch(Admin admin, Predicate<String> topics, Duration interval) {
        var watch = new HangingTransactions(admin, topics);
        long millis = interval.toMillis();
        watch.executor.scheduleWithFixedDelay(watch::look, millis, millis, TimeUnit.MILLISECONDS);
        return watch;
    }

    /**
     * Looks once.
     *
     * @return each one found, described for an operator
     */
    public static List<String> find(Admin admin, Predicate<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        var brokers = new BrokerTransactions(admin);
        var found = new ArrayList<String>();
        for (var transaction : brokers.open(brokers.heldUp(topics).keySet())) {
            var coordinator =
                    brokers.coordinated(transaction.producer().producerId()).filter(transaction::isHangingAfter);
            if (coordinator.isPresent()
                    && brokers.open(Set.of(transaction.partition())).stream().anyMatch(transaction::isStill)) {
                found.add(transaction.describe(coordinator.get()));
            }
        }
        return found;
    }

    private void look() {
        try {
            var found = find(admin, topics);
            found.stream()
                    .filter(transaction -> !told.contains(transaction))
                    .forEach(
                            transaction -> LOGGER.atError()
                                    .addKeyValue("transaction", transaction)
                                    .log(
                                            "a broker has left a transaction open for ever: what comes after it is not read, and a"
                                                    + " restart cannot restore from there. If the coordinator had committed it, aborting"
                                                    + " it (kafka-transactions.sh abort) loses what it counted: run 'afterglow audit'"
                                                    + " afterwards, or start again from the source in a new data directory and prefix"));
            told = new HashSet<>(found);
            blind = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOGGER.atLevel(blind ? Level.DEBUG : Level.WARN)
                    .addKeyValue("reason", e.getMessage())
                    .log("hanging transactions cannot be looked for; trying again");
            blind = true;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

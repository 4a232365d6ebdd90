package dev.afterglow.streams.transactions;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions in our own topics that nobody else will ever end. A broker that is killed may leave one behind: the
 * partition holds it for open, the coordinator knows nothing of it. No reader of committed records gets past it, and a
 * stage that restores from there waits for ever. Only topics that nobody but the stages write to are looked at.
 */
public final class HangingTransactions implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(HangingTransactions.class);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

    private final BrokerTransactions brokers;
    private final Predicate<String> topics;
    private final ScheduledExecutorService executor;
    private Map<TopicPartition, Long> before = new HashMap<>();

    HangingTransactions(Admin admin, Predicate<String> topics) {
        this.brokers = new BrokerTransactions(admin);
        this.topics = topics;
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "hanging-transactions");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to look.
     *
     * @param admin stays the caller's to close, after this
     * @param topics which topics are ours alone
     * @param transactionTimeout longest life of a transaction of the stages; one that hangs is ended two to four times as
     *     long after it was left
     */
    public static HangingTransactions watch(Admin admin, Predicate<String> topics, Duration transactionTimeout) {
        var watch = new HangingTransactions(admin, topics);
        // The broker looks for those that are over their time once in a while only.
        long interval = transactionTimeout.multipliedBy(2).toMillis();
        watch.executor.scheduleWithFixedDelay(watch::lookSafely, interval, interval, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void lookSafely() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (e.getCause() instanceof AuthorizationException refused) {
                LOGGER.atWarn()
                        .addKeyValue("reason", refused.getMessage())
                        .log(
                                "hanging transactions cannot be looked for: allow DESCRIBE on our topics and transactions");
            } else {
                LOGGER.atDebug().setCause(e).log("hanging transactions cannot be looked for at the moment");
            }
        }
    }

    /** What holds readers up at the same place as at the look before has outlived the time-out of any transaction. */
    void look() throws ExecutionException, InterruptedException, TimeoutException {
        var heldUp = brokers.heldUp(topics);
        var stuck = new HashMap<>(heldUp);
        stuck.entrySet().removeIf(entry -> !entry.getValue().equals(before.get(entry.getKey())));
        before = heldUp;
        for (var transaction : brokers.open(stuck.keySet())) {
            if (transaction.startsAt(stuck.get(transaction.partition())) && isHanging(transaction)) {
                end(transaction);
            }
        }
    }

    private boolean isHanging(OpenTransaction transaction)
            throws ExecutionException, InterruptedException, TimeoutException {
        return transaction.isHanging(brokers.coordinated(transaction.producer().producerId()))
                && brokers.open(Set.of(transaction.partition())).stream().anyMatch(transaction::isStill);
    }

    private void end(OpenTransaction transaction) throws InterruptedException, TimeoutException {
        try {
            brokers.abort(transaction);
            LOGGER.atWarn()
                    .addKeyValue("partition", transaction.partition())
                    .addKeyValue("producer", transaction.producer())
                    .log("ended a transaction that a broker had left open and no coordinator knows of");
        } catch (ExecutionException e) {
            LOGGER.atError()
                    .addKeyValue("partition", transaction.partition())
                    .addKeyValue("reason", e.getCause().getMessage())
                    .addKeyValue("remedy", transaction.command())
                    .log("a transaction that no coordinator knows of holds up every reader, and could not be ended");
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

package dev.afterglow.streams.transactions;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    private final Duration timeout;
    private final Clock clock;
    private final ScheduledExecutorService executor;
    private Map<TopicPartition, Long> before = new HashMap<>();

    private HangingTransactions(Admin admin, Predicate<String> topics, Duration timeout, Clock clock) {
        this.brokers = new BrokerTransactions(admin);
        this.topics = topics;
        this.timeout = timeout;
        this.clock = clock;
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
     * @param transactionTimeout longest life of a transaction of the stages; one that hangs is ended between one and
     *     three times as long after its last record
     */
    public static HangingTransactions watch(
            Admin admin, Predicate<String> topics, Duration transactionTimeout, Clock clock) {
        var watch = new HangingTransactions(admin, topics, transactionTimeout, clock);
        long interval = transactionTimeout.toMillis();
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

    /** What holds readers up at the same place as at the look before has been there for long enough to be looked into. */
    private void look() throws ExecutionException, InterruptedException, TimeoutException {
        var heldUp = brokers.heldUp(topics);
        var stuck = heldUp.entrySet().stream()
                .filter(entry -> entry.getValue().equals(before.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        before = heldUp;
        if (stuck.isEmpty()) {
            return;
        }
        for (var transaction : brokers.open(stuck)) {
            var coordinator = brokers.coordinated(transaction.producer().producerId());
            if (transaction.isHanging(coordinator, clock.instant(), timeout)) {
                end(transaction);
            }
        }
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

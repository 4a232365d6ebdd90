package dev.afterglow.streams.readmodel;

import dev.afterglow.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the pipeline has published, kept up to date by a thread of its own. */
public final class ReadModel implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReadModel.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Store store;
    private final Positions positions = new Positions();
    private final Feed feed;
    private final Thread thread;

    private ReadModel(
            Path directory,
            Topics topics,
            Decoders decoders,
            Supplier<Source> sources,
            Clock clock,
            Consumer<Throwable> onFailure) {
        this.store = Store.open(directory);
        this.feed = new Feed(store, new Projection(topics, decoders), sources, positions, clock);
        this.thread = new Thread(() -> follow(onFailure), "read-model");
        this.thread.setDaemon(true);
    }

    /**
     * Opens the store and starts to follow the output topics; topics that do not exist yet, and a broker that does not
     * answer, are waited for.
     *
     * @param directory where it lies, {@code <data.dir>/read-model}; made where missing
     * @param topics catalogue, with its prefix
     * @param client Kafka client settings: bootstrap servers and security
     * @param decoders deserializers of the values
     * @param clock the present, for how long the store was away
     * @param onFailure told, at most once and from the read model's thread, when it cannot go on (a full disk, say)
     * @throws StoreException when the directory cannot be used, or another process uses it
     */
    public static ReadModel start(
            Path directory,
            Topics topics,
            Map<String, Object> client,
            Decoders decoders,
            Clock clock,
            Consumer<Throwable> onFailure) {
        return start(directory, topics, () -> new KafkaSource(client), decoders, clock, onFailure);
    }

    static ReadModel start(
            Path directory,
            Topics topics,
            Supplier<Source> sources,
            Decoders decoders,
            Clock clock,
            Consumer<Throwable> onFailure) {
        var readModel = new ReadModel(directory, topics, decoders, sources, clock, onFailure);
        readModel.thread.start();
        return readModel;
    }

    /** The read model as it is now; to be closed, soon, by the thread that asked for it. */
    public ReadModelView view() {
        return new ReadModelView(store.reader());
    }

    /** Whether everything that the topics held when it started has been applied. */
    public boolean ready() {
        return positions.ready();
    }

    /**
     * Position of every partition that is followed: every record below it has been applied, or was never committed.
     * Passes over the markers of transactions, so that it reaches the end offset.
     */
    public Map<TopicPartition, Long> applied() {
        return positions.applied();
    }

    /** Records that could not be decoded and were passed over, since the start of the process. */
    public long skippedRecords() {
        return feed.skipped();
    }

    /** Stops following, then closes the store; views still open are waited for. */
    @Override
    public void close() {
        feed.stop();
        try {
            thread.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            // Closing native memory under a thread that uses it would end the process; the log is complete without.
            LOGGER.atWarn().log("The read model did not stop in time; leaving its store open");
            return;
        }
        store.close();
    }

    private void follow(Consumer<Throwable> onFailure) {
        try {
            feed.run();
        } catch (RuntimeException | Error e) {
            LOGGER.atError().setCause(e).log("The read model cannot go on");
            onFailure.accept(e);
        }
    }
}

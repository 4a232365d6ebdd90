package dev.afterglow.streams.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker, with its KRaft controller, in this process.
 *
 * <p>Its data is kept in {@code DATA_DIR/kafka}: a second start on the same directory finds the topics, offsets and the
 * cluster id of the first, also after {@code kill -9}. It listens on 127.0.0.1 only, creates no topics by itself, and
 * keeps one copy of everything.
 */
public final class EmbeddedKafka implements AutoCloseable {

    /** The command line option that chooses the port, for messages. */
    static final String PORT_OPTION = "--kafka-port";

    private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final int port;
    private final String clusterId;
    private final CompletableFuture<Throwable> failure;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(
            DirectoryLock lock,
            KafkaRaftServer server,
            int port,
            String clusterId,
            CompletableFuture<Throwable> failure) {
        this.lock = lock;
        this.server = server;
        this.port = port;
        this.clusterId = clusterId;
        this.failure = failure;
    }

    /**
     * Starts the broker and returns when it serves clients.
     *
     * @param dataDirectory where its data is kept, below {@code kafka/}; made where missing
     * @param port the clients' port, 1 to 65535, or 0 for any free one
     * @param progress told in one line each what is being done, for the person who waits
     * @return the running broker
     * @throws EmbeddedException when the port is taken, the directory is in use or cannot be written, or Kafka fails
     */
    public static EmbeddedKafka start(Path dataDirectory, int port, Consumer<String> progress) {
        Path directory = dataDirectory.toAbsolutePath().normalize().resolve("kafka");
        int clientPort = Ports.claim(port, "Kafka", PORT_OPTION, Duration.ZERO);
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            // A directory of its own: Kafka takes any directory beside its partitions for a partition.
            Path logs = directory.resolve("logs");
            String clusterId = KafkaStorage.formatOnce(logs);
            progress.accept("Starting Kafka on " + Ports.HOST + ":" + clientPort);
            return run(lock, logs, clientPort, clusterId);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedKafka run(DirectoryLock lock, Path logs, int port, String clusterId) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        KafkaExit.intercept(failure::complete);
        KafkaRaftServer server = null;
        try {
            FormerBroker.signOff(logs);
            KafkaConfig config = new KafkaConfig(KafkaSettings.of(logs, port, Ports.free()), false);
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            LOGGER.atInfo()
                    .addKeyValue("port", port)
                    .addKeyValue("clusterId", clusterId)
                    .log("embedded Kafka runs");
            return new EmbeddedKafka(lock, server, port, clusterId, failure);
        } catch (Throwable e) {
            // Scala throws checked exceptions undeclared; whatever it is, the directory must come free again.
            if (server != null) {
                Shutdown.within(CLOSE_WITHIN, "embedded Kafka", server::shutdown);
            }
            KafkaExit.restore();
            throw new EmbeddedException(
                    "Kafka could not start on port " + port + " with its data in " + logs + ": " + e.getMessage(), e);
        }
    }

    /** @return {@code host:port}, for {@code bootstrap.servers} */
    public String bootstrapServers() {
        return Ports.HOST + ":" + port;
    }

    /** @return the id of this cluster, the same at every start on the same directory */
    public String clusterId() {
        return clusterId;
    }

    /**
     * @return completed with the reason when the broker has failed for good and the application should end; never
     *     completed by {@link #close}
     */
    public CompletionStage<Throwable> failure() {
        return failure.minimalCompletionStage();
    }

    /** @return the reason when the broker has failed for good */
    public Optional<Throwable> failureSoFar() {
        return Optional.ofNullable(failure.getNow(null));
    }

    /** Stops the broker, giving up after 20 s; its data stays. Close the clients first. Later calls do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Shutdown.within(CLOSE_WITHIN, "embedded Kafka", () -> {
            server.shutdown();
            server.awaitShutdown();
        });
        KafkaExit.restore();
        lock.close();
    }
}

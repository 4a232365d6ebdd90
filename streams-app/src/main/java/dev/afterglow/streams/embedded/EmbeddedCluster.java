package dev.afterglow.streams.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Kafka and the schema registry together, on one data directory: what {@code --embedded} means. */
public final class EmbeddedCluster implements AutoCloseable {

    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;

    private EmbeddedCluster(EmbeddedKafka kafka, EmbeddedRegistry registry) {
        this.kafka = kafka;
        this.registry = registry;
    }

    /**
     * Starts both side by side and returns when both answer. When one fails, the other is closed.
     *
     * @param dataDirectory where both keep their data; made where missing
     * @param kafkaPort 1 to 65535, or 0 for any free one
     * @param registryPort 1 to 65535, or 0 for any free one
     * @param progress told in one line each what is being done; called from more than one thread
     * @return both, running
     * @throws EmbeddedException when either cannot start; the message says why and what to do
     */
    public static EmbeddedCluster start(
            Path dataDirectory, int kafkaPort, int registryPort, Consumer<String> progress) {
        // Before anything runs, so that the commonest mistake is reported at once.
        int kafkaAt = Ports.claim(kafkaPort, "Kafka", EmbeddedKafka.PORT_OPTION, Duration.ZERO);
        int registryAt = EmbeddedRegistry.claimPort(registryPort);
        CompletableFuture<EmbeddedRegistry> registry =
                inBackground(() -> EmbeddedRegistry.start(dataDirectory, registryAt, progress));
        EmbeddedKafka kafka;
        try {
            kafka = EmbeddedKafka.start(dataDirectory, kafkaAt, progress);
        } catch (RuntimeException e) {
            registry.thenAccept(EmbeddedRegistry::close)
                    .exceptionally(alsoFailed -> null)
                    .join();
            throw e;
        }
        try {
            return new EmbeddedCluster(kafka, registry.join());
        } catch (CompletionException e) {
            kafka.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static CompletableFuture<EmbeddedRegistry> inBackground(Supplier<EmbeddedRegistry> start) {
        return CompletableFuture.supplyAsync(start, task -> {
            Thread thread = new Thread(task, "registry-start");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** @return {@code host:port}, for {@code bootstrap.servers} */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** @return the address of Confluent's API, for {@code schema.registry.url} */
    public String schemaRegistryUrl() {
        return registry.url();
    }

    /** @return the broker */
    public EmbeddedKafka kafka() {
        return kafka;
    }

    /** @return the registry */
    public EmbeddedRegistry registry() {
        return registry;
    }

    /** @return completed with the reason when the broker has failed for good and the application should end */
    public CompletionStage<Throwable> failure() {
        return kafka.failure();
    }

    /** Stops Kafka, then the registry; the data stays. Close the clients first. */
    @Override
    public void close() {
        try {
            kafka.close();
        } finally {
            registry.close();
        }
    }
}

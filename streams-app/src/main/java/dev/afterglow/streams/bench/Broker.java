package dev.afterglow.streams.bench;

import dev.afterglow.streams.config.AppConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The broker that all cases share, in a JVM of its own. */
final class Broker implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofMinutes(3);
    private static final long POLL_MS = 100;

    private final ChildJvm child;
    private final String bootstrapServers;
    private final String registryUrl;

    private Broker(ChildJvm child, String bootstrapServers, String registryUrl) {
        this.child = child;
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    static Broker start(Jvms jvms) throws InterruptedException {
        var addresses = jvms.directory().resolve("addresses");
        var child = jvms.start(
                "broker",
                List.of(),
                BrokerMain.class.getName(),
                List.of(jvms.directory().resolve("broker").toString(), addresses.toString()));
        try {
            var lines = await(child, addresses);
            return new Broker(child, lines.get(0), lines.get(1));
        } catch (RuntimeException | InterruptedException e) {
            child.close();
            throw e;
        }
    }

    private static List<String> await(ChildJvm child, Path addresses) throws InterruptedException {
        var deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!Files.exists(addresses)) {
            child.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new BenchException("the broker did not start within " + START_WITHIN + ":\n" + child.tail());
            }
            Thread.sleep(POLL_MS);
        }
        try {
            return Files.readAllLines(addresses);
        } catch (IOException e) {
            throw new BenchException("the broker's addresses cannot be read: " + e.getMessage(), e);
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String registryUrl() {
        return registryUrl;
    }

    /** CPU seconds it has used. */
    double cpuSeconds() {
        child.requireAlive();
        return ProcStat.cpuSeconds(child.pid()).orElse(Double.NaN);
    }

    /** The configuration of a pipeline on this broker. */
    AppConfig config(Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("schema.registry.url", registryUrl);
        return AppConfig.load(Optional.empty(), Map.of(), settings);
    }

    @Override
    public void close() {
        child.stop();
    }
}

package dev.afterglow.streams.it.crash;

import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.it.Load;
import dev.afterglow.streams.it.Sender;
import dev.afterglow.streams.it.Stand;
import dev.afterglow.streams.it.Traffic;
import dev.afterglow.streams.testkit.SharedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline under steady load whose instances are ill-treated, and the proof that it has counted right. */
final class Arena implements AutoCloseable {

    static final int SESSION_MS = 6_000;
    static final int TRANSACTION_MS = 10_000;

    static final int COMMIT_MS = 200;

    /** How often the broker looks for transactions that have been open for too long. */
    static final int BROKER_LOOKS_EVERY_MS = 10_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(Arena.class);
    private static final int EVENTS_PER_SECOND = 300;
    /** Patience for a machine that has others to serve too. */
    private static final Duration SETTLES_WITHIN = Duration.ofMinutes(5);

    /** Quick to notice, and to forget, an instance that is gone. */
    static final List<String> SETTINGS = List.of(
            "afterglow.evaluations.partitions", "4",
            "commit.interval.ms", Integer.toString(COMMIT_MS),
            "main.consumer.session.timeout.ms", Integer.toString(SESSION_MS),
            "main.consumer.heartbeat.interval.ms", "1500",
            "producer.transaction.timeout.ms", Integer.toString(TRANSACTION_MS));

    private final Plan plan;
    private final Path directory;
    private final Stand stand;
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final Traffic traffic = Traffic.recent(Instant.now());
    private final long began = System.nanoTime();
    private final Admin admin;
    private final Sender sender;
    private final Load load;
    private int blows;
    private int givenUp;

    /** On the broker that the tests share. */
    static Arena on(EmbeddedCluster cluster, Path directory, Plan plan) throws IOException {
        return new Arena(cluster.bootstrapServers(), cluster.schemaRegistryUrl(), directory, plan);
    }

    /** Starts one instance, and the load. */
    Arena(String bootstrapServers, String schemaRegistryUrl, Path directory, Plan plan) throws IOException {
        this.plan = plan;
        this.directory = directory;
        stand = new Stand(bootstrapServers, schemaRegistryUrl, directory, SharedCluster.freshPrefix());
        var config = stand.config("admin");
        admin = Admin.create(config.adminSettings());
        sender = stand.sender("delivery.timeout.ms", "300000");
        try {
            instance("one").start().awaitReady();
            stand.apply(Stand.DEFINITIONS);
            load = Load.start(sender, traffic, EVENTS_PER_SECOND);
        } catch (IOException | RuntimeException | Error e) {
            instances.values().forEach(Instance::close);
            throw e;
        }
    }

    /** The instance of a name; it has to be started when it is new. */
    Instance instance(String name) throws IOException {
        var known = instances.get(name);
        if (known != null) {
            return known;
        }
        var added = new Instance(directory, name, stand.file(name, SETTINGS.toArray(String[]::new)));
        instances.put(name, added);
        return added;
    }

    List<Instance> instances() {
        return List.copyOf(instances.values());
    }

    Admin admin() {
        return admin;
    }

    Load load() {
        return load;
    }

    /** Consumer group, and application id, of the stage that reads the events. */
    String intake() {
        return stand.topics().prefix() + "intake";
    }

    /** Something bad has been done once more. */
    void strike() {
        blows++;
    }

    /** Starts those again that have ended by themselves, as whatever looks after processes would. */
    void revive() throws IOException {
        for (var instance : instances.values()) {
            if (instance.hasGivenUp()) {
                givenUp++;
                LOGGER.atWarn().addKeyValue("instance", instance).log("has ended by itself and is started again");
                instance.start();
            }
        }
    }

    /** Ends the load, lets the pipeline come to rest, stops it, and looks at what it has made. */
    void prove() throws Exception {
        revive();
        long events = load.stop();
        awaitSettled();
        for (var instance : instances.values()) {
            if (instance.isAlive()) {
                instance.terminate();
                instance.awaitEnd();
            }
        }
        new Transactions(admin, stand.topics().prefix()).noneMayBeOpen();
        new Proof(stand, plan).of(traffic, events);
        var audit = Recount.run(stand, directory);
        LOGGER.atInfo()
                .addKeyValue("scenario", plan.name())
                .addKeyValue("rounds", plan.rounds())
                .addKeyValue("blows", blows)
                .addKeyValue("endedByThemselves", givenUp)
                .addKeyValue("events", events)
                .addKeyValue("repeats", Load.repeatsAmong(events))
                .addKeyValue("audit", audit)
                .addKeyValue("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began))
                .addKeyValue("seed", plan.seed())
                .log("exact");
    }

    private void awaitSettled() {
        var sent = Instant.now();
        await("the pipeline settles, seed " + plan.seed())
                .atMost(SETTLES_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    revive();
                    var alive = instances.values().stream()
                            .filter(Instance::isAlive)
                            .findFirst();
                    return alive.orElseThrow().api().isSettledSince(sent);
                });
    }

    @Override
    public void close() {
        load.close();
        instances.values().forEach(Instance::close);
        sender.close();
        admin.close();
    }
}

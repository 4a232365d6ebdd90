package dev.afterglow.streams.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.it.Api;
import dev.afterglow.streams.it.Child;
import dev.afterglow.streams.it.Tethered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An instance of the pipeline, or of a part, with a data directory of its own: one process after the other. */
final class Instance implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
    /** Tells what its stream threads go through, which the tests wait for. */
    private static final List<String> OPTIONS = List.of("-Dlogback.configurationFile=logback-crash.xml");

    private final Path directory;
    private final String name;
    private final Class<?> main;
    private final List<String> arguments;
    private Child life;
    private int lives;
    private boolean wanted;

    /**
     * @param directory where it keeps its data and its logs, below its name
     * @param configuration what it is started with
     */
    Instance(Path directory, String name, Path configuration) {
        this(directory, name, Tethered.class, "run", "--config", configuration.toString());
    }

    /**
     * @param directory where it keeps its data and its logs, below its name
     * @param main what it is started as; has to end with its parent
     */
    Instance(Path directory, String name, Class<?> main, String... arguments) {
        this.directory = directory;
        this.name = name;
        this.main = main;
        this.arguments = List.of(arguments);
    }

    Instance start() throws IOException {
        lives++;
        wanted = true;
        life = Child.start(
                directory.resolve(name + '-' + lives + ".log"), OPTIONS, main, arguments.toArray(String[]::new));
        return this;
    }

    /** Whether it has been started, and not been told to end. */
    boolean isWanted() {
        return wanted;
    }

    boolean isAlive() {
        return life != null && life.isAlive();
    }

    /** Whether it ended though nobody has told it to. */
    boolean hasGivenUp() {
        return wanted && !life.isAlive();
    }

    Api api() {
        return new Api(life.url());
    }

    /** Waits until its streams run. */
    Instance awaitReady() {
        var api = api();
        await(name + " is ready")
                .atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .failFast(this::hasGivenUp)
                .until(() -> api.get("/health/ready") != null);
        return this;
    }

    /** Whether this life has logged a line with all these parts. */
    boolean hasSaid(String... parts) {
        return life.hasSaid(parts);
    }

    void kill() {
        wanted = false;
        life.kill();
    }

    /** Tells it to stop, and does not wait. */
    void terminate() {
        wanted = false;
        life.terminate();
    }

    /** Waits for the end of one that was told to stop. */
    void awaitEnd() throws InterruptedException {
        assertThat(life.exitCode(STOPS_WITHIN)).as("exit code of %s", name).isIn(0, 143);
    }

    void pause() throws IOException, InterruptedException {
        life.pause();
    }

    void wake() throws IOException, InterruptedException {
        life.wake();
    }

    /** Loses what Kafka Streams keeps on this disk, as a pod does that comes back elsewhere; it must not be alive. */
    void loseState() throws IOException {
        var state = directory.resolve(name).resolve("streams");
        if (Files.exists(state)) {
            try (Stream<Path> files = Files.walk(state)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() {
        if (life != null) {
            kill();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

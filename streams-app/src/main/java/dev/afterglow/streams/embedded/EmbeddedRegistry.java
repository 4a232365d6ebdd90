package dev.afterglow.streams.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A real schema registry (Apicurio) with Confluent's REST API, as a child process.
 *
 * <p>Its schemas and their ids are kept in {@code DATA_DIR/registry}, and survive {@code kill -9}. It listens on 127.0.0.1
 * only and ends with this process, however that ends. A registry that dies is started again on the same port until it
 * is closed here; one that merely does not answer is left alone.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    /** The command line option that chooses the port, for messages. */
    static final String PORT_OPTION = "--registry-port";

    private static final Duration START_WITHIN = Duration.ofSeconds(120);
    /** A registry whose parent was killed a moment ago may still be ending. */
    private static final Duration PORT_PATIENCE = Duration.ofSeconds(3);

    private final DirectoryLock lock;
    private final RegistrySupervisor supervisor;
    private final int port;

    private EmbeddedRegistry(DirectoryLock lock, RegistrySupervisor supervisor, int port) {
        this.lock = lock;
        this.supervisor = supervisor;
        this.port = port;
    }

    /**
     * Starts the registry and returns when its API answers.
     *
     * @param dataDirectory where its data and log are kept, below {@code registry/}; made where missing
     * @param port 1 to 65535, or 0 for any free one
     * @param progress told in one line each what is being done, for the person who waits
     * @return the running registry
     * @throws EmbeddedException when the port is taken, the directory is in use or cannot be written, the registry's
     *     distribution is missing, or it does not answer within two minutes
     */
    public static EmbeddedRegistry start(Path dataDirectory, int port, Consumer<String> progress) {
        Path directory = dataDirectory.toAbsolutePath().normalize().resolve("registry");
        Path runner = RegistryHome.runnerJar();
        int ownPort = claimPort(port);
        DirectoryLock lock = DirectoryLock.take(directory);
        RegistrySupervisor supervisor = null;
        try {
            RegistryCommand command = new RegistryCommand(directory, runner, ownPort);
            command.prepare();
            progress.accept("Starting the schema registry on " + Ports.HOST + ":" + ownPort);
            supervisor = RegistrySupervisor.start(command);
            RegistryProbe.awaitAnswer(url(ownPort), supervisor.process(), command.logFile(), START_WITHIN);
            supervisor.watch();
            return new EmbeddedRegistry(lock, supervisor, ownPort);
        } catch (IOException | RuntimeException e) {
            if (supervisor != null) {
                supervisor.close();
            }
            lock.close();
            if (e instanceof EmbeddedException known) {
                throw known;
            }
            throw new EmbeddedException(
                    "The schema registry could not start with its data in " + directory + ": " + e.getMessage(), e);
        }
    }

    static int claimPort(int port) {
        return Ports.claim(port, "the schema registry", PORT_OPTION, PORT_PATIENCE);
    }

    private static String url(int port) {
        return "http://" + Ports.HOST + ":" + port + "/apis/ccompat/v7";
    }

    /** @return the address of Confluent's API, for {@code schema.registry.url} */
    public String url() {
        return url(port);
    }

    /** @return the process id of the registry that runs now, or last ran */
    public long pid() {
        return supervisor.process().pid();
    }

    /** Stops the registry, forcibly after 5 s; its data stays. Later calls do nothing. */
    @Override
    public void close() {
        supervisor.close();
        lock.close();
    }
}

package dev.afterglow.streams.it;

import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.cli.Afterglow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code afterglow} in a process of its own, to be killed or told to stop. */
final class Child implements AutoCloseable {

    private static final Duration SPEAKS_WITHIN = Duration.ofSeconds(120);
    private static final String REGISTRY_HOME = "afterglow.registry.home";

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(Path log, String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.concat(
                        Stream.of(
                                java,
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-D" + REGISTRY_HOME + "=" + System.getProperty(REGISTRY_HOME),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Afterglow.class.getName()),
                        Stream.of(arguments))
                .toList();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Child(process, log);
    }

    /** The address that it says it serves. */
    String url() {
        return said("Afterglow:");
    }

    /** What it has said after some words, once it has. */
    String said(String words) {
        return await("'" + words + "' in " + log)
                .atMost(SPEAKS_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .failFast(this::failWhenEnded)
                .until(
                        () -> output().stream()
                                .filter(line -> line.startsWith(words))
                                .map(line -> line.substring(words.length()).strip())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    List<String> output() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    private void failWhenEnded() {
        if (!process.isAlive()) {
            throw new AssertionError("the process has ended: " + output());
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@code kill}: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** The exit code; fails when there is none in time. */
    int exitCode(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + within + ": " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}

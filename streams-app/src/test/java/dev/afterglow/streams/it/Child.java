package dev.afterglow.streams.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code afterglow} in a process of its own, to be killed or told to stop. */
public final class Child implements AutoCloseable {

    private static final Duration SPEAKS_WITHIN = Duration.ofSeconds(120);
    private static final String REGISTRY_HOME = "afterglow.registry.home";

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(Path log, String... arguments) throws IOException {
        return start(log, List.of(), Tethered.class, arguments);
    }

    /** Starts a process; what it says goes to a file, what was there is lost. */
    public static Child start(Path log, List<String> options, Class<?> main, String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(
                java,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-D" + REGISTRY_HOME + "=" + System.getProperty(REGISTRY_HOME)));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Child(process, log);
    }

    /** The address that it says it serves. */
    public String url() {
        return said("Afterglow:");
    }

    /** What it has said after some words, once it has. */
    public String said(String words) {
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

    public List<String> output() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    /** Whether a line with all these parts is among its output. */
    public boolean hasSaid(String... parts) {
        return output().stream().anyMatch(line -> Stream.of(parts).allMatch(line::contains));
    }

    private void failWhenEnded() {
        if (!process.isAlive()) {
            throw new AssertionError("the process has ended: " + output());
        }
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** As {@code kill}: SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** As {@code kill -STOP}: it does nothing any more, and does not know it. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** As {@code kill -CONT}. */
    public void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        // Of the shell's own: not every machine has a program of that name.
        int status = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("SIG" + name + " could not be sent: " + status);
        }
    }

    /** The exit code; fails when there is none in time. */
    public int exitCode(Duration within) throws InterruptedException {
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

package dev.afterglow.streams.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A child process with a JVM of its own; its output is in a file. */
final class ChildJvm implements AutoCloseable {

    private static final int TAIL_LINES = 8;
    private static final int LONGEST_LINE = 240;
    private static final long GRACE_SECONDS = 30;

    private final String name;
    private final Process process;
    private final Path log;

    ChildJvm(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    /** @throws BenchException with the end of its log when the process is gone */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchException(
                    name + " ended with exit code " + process.exitValue() + "; the end of " + log + ":\n" + tail());
        }
    }

    /** The last lines of its output. */
    String tail() {
        try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
            var all = lines.toList();
            return all.subList(Math.max(0, all.size() - TAIL_LINES), all.size()).stream()
                    .map(line -> "  " + line.substring(0, Math.min(line.length(), LONGEST_LINE)))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "  (cannot be read: " + e.getMessage() + ")";
        }
    }

    /**
     * Waits for its end.
     *
     * @throws BenchException with the end of its log when it does not end in time, or not with exit code 0
     */
    void requireSuccess(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new BenchException(name + " has not ended within " + within + "; the end of " + log + ":\n" + tail());
        }
        if (process.exitValue() != 0) {
            requireAlive();
        }
    }

    /** Asks it to end, and waits for it. */
    void stop() {
        // Process.destroy would close the pipe as well, and the agent at its end halts the child at once.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                close();
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it at once. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static ChildJvm start(String name, List<String> command, Path directory, Path log) {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        // What configures Kafka or us from outside would make the cases unlike each other.
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ"));
        builder.redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        try {
            return new ChildJvm(name, builder.start(), log);
        } catch (IOException e) {
            throw new BenchException(name + " could not be started: " + e.getMessage(), e);
        }
    }
}

package dev.afterglow.streams.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for a registry that is starting. */
final class RegistryProbe {

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final long POLL_MILLIS = 100;
    private static final int LAST_LINES = 15;

    private RegistryProbe() {}

    /**
     * @throws EmbeddedException when the process dies or the time is up, with the last lines of the log
     */
    static void awaitAnswer(String url, Process process, Path log, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!answers(url)) {
            if (ends(process)) {
                throw new EmbeddedException("The schema registry ended with status " + process.exitValue()
                        + " while it was starting. Its log, " + log + ", ends:" + tail(log));
            }
            if (System.nanoTime() >= deadline) {
                throw new EmbeddedException("The schema registry did not answer at " + url + " within "
                        + limit.toSeconds() + " s. Its log, " + log + ", ends:" + tail(log));
            }
        }
    }

    private static boolean ends(Process process) {
        try {
            return process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while the schema registry was starting.", e);
        }
    }

    private static boolean answers(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url + "/subjects").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static String tail(Path log) {
        try {
            String[] lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\n");
            StringBuilder tail = new StringBuilder();
            for (int i = Math.max(0, lines.length - LAST_LINES); i < lines.length; i++) {
                tail.append(System.lineSeparator()).append("  ").append(lines[i]);
            }
            return tail.toString();
        } catch (IOException e) {
            return " (it cannot be read: " + e.getMessage() + ")";
        }
    }
}

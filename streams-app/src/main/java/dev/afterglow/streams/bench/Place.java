package dev.afterglow.streams.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where cases run.
 *
 * @param jvms starts their processes
 * @param broker the one that they share
 * @param cluster what is asked of it from outside
 */
record Place(Jvms jvms, Broker broker, Cluster cluster) {

    /** A new directory for a run. */
    Path directory(String run) {
        try {
            return Files.createDirectories(jvms.directory().resolve("runs").resolve(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

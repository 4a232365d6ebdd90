package dev.afterglow.streams.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away stores that a kill has left half made or half deleted. RocksDB refuses to open a directory that has a log
 * but no {@code CURRENT}, at every start anew, and Kafka Streams gives up with it. What is deleted is restored from the
 * changelogs, as Kafka Streams does with the state of every task that was killed.
 */
final class UnfinishedStores {

    private static final Logger LOGGER = LoggerFactory.getLogger(UnfinishedStores.class);
    private static final Pattern DATA = Pattern.compile("\\d+\\.(log|sst)|MANIFEST-\\d+");
    private static final String CURRENT = "CURRENT";

    /** Application, then task. */
    private static final int TASK_DEPTH = 2;

    private UnfinishedStores() {}

    /**
     * Deletes the state of each task that has such a store; to be called before any stream is started.
     *
     * @param streams the state directory of Kafka Streams; may be missing
     * @throws UncheckedIOException when it cannot be read or a task cannot be deleted
     */
    static void delete(Path streams) {
        if (!Files.isDirectory(streams)) {
            return;
        }
        for (var task : affectedTasks(streams)) {
            LOGGER.atWarn()
                    .addKeyValue("task", task)
                    .log(
                            "A store was not finished when the process was killed; the task is restored from its changelogs");
            try {
                Utils.delete(streams.resolve(task).toFile());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + streams.resolve(task), e);
            }
        }
    }

    private static Set<Path> affectedTasks(Path streams) {
        try (var all = Files.walk(streams)) {
            return all.filter(Files::isDirectory)
                    .filter(UnfinishedStores::isUnfinished)
                    .map(streams::relativize)
                    .filter(path -> path.getNameCount() > TASK_DEPTH)
                    .map(path -> path.subpath(0, TASK_DEPTH))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + streams, e);
        }
    }

    private static boolean isUnfinished(Path directory) {
        if (Files.exists(directory.resolve(CURRENT))) {
            return false;
        }
        try (var files = Files.list(directory)) {
            return files.anyMatch(
                    file -> DATA.matcher(file.getFileName().toString()).matches());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }
}

package dev.afterglow.streams.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/** The broker's storage, formatted on first use: what {@code kafka-storage format} does. */
final class KafkaStorage {

    private KafkaStorage() {}

    /**
     * Formats the directory unless that has been done before; a crash half-way is made good.
     *
     * @return the cluster id, which stays the same for the life of the directory
     * @throws EmbeddedException when the directory cannot be formatted, or holds something else
     */
    static String formatOnce(Path directory) {
        if (directory.toString().contains(",")) {
            throw new EmbeddedException("The data directory " + directory
                    + " has a comma in its name, which Kafka takes for a list. Choose another with --data-dir.");
        }
        try {
            MetaPropertiesEnsemble found = new MetaPropertiesEnsemble.Loader()
                    .addLogDirs(Set.of(directory.toString()))
                    .addMetadataLogDir(directory.toString())
                    .load();
            if (found.clusterId().isPresent()) {
                return found.clusterId().get();
            }
            return format(directory);
        } catch (EmbeddedException e) {
            throw e;
        } catch (Exception e) {
            throw new EmbeddedException(
                    "Kafka's storage in " + directory + " cannot be prepared: " + e.getMessage()
                            + ". Choose an empty directory with --data-dir, or repair that one.",
                    e);
        }
    }

    private static String format(Path directory) throws Exception {
        String clusterId = Uuid.randomUuid().toString();
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(KafkaSettings.NODE_ID)
                    .setClusterId(clusterId)
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        }
        return clusterId;
    }
}

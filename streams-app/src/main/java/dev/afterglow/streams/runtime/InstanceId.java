package dev.afterglow.streams.runtime;

import dev.afterglow.streams.config.AppConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;

/**
 * The name of an instance, the same after a restart: with it a group knows who has come back and gives it its
 * partitions at once, instead of waiting for the session of a dead member to end.
 */
final class InstanceId {

    private static final String FILE = "instance-id";

    private InstanceId() {}

    /** The configured name, or one that is kept in the data directory. */
    static String of(AppConfig config) {
        return config.instanceId().orElseGet(() -> kept(config));
    }

    private static String kept(AppConfig config) {
        var file = config.dataDir().resolve(FILE);
        try {
            Files.createDirectories(config.dataDir());
            if (Files.exists(file)) {
                var name = Files.readString(file).strip();
                if (!name.isEmpty()) {
                    return name;
                }
            }
            var name = UUID.randomUUID().toString();
            Files.writeString(file, name);
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot keep the name of this instance in " + file
                            + ": make the data directory writable, or set afterglow.instance.id",
                    e);
        }
    }
}

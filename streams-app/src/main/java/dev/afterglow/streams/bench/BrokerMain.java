package dev.afterglow.streams.bench;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.runtime.UntilStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The child with the broker; the registry is a child of it. */
final class BrokerMain {

    private BrokerMain() {}

    /** @param arguments data directory; file to write the two addresses to, one a line, once both answer */
    public static void main(String[] arguments) throws IOException {
        var addresses = Path.of(arguments[1]);
        try (var stopped = new UntilStopped();
                var cluster = EmbeddedCluster.start(Path.of(arguments[0]), 0, 0, line -> {})) {
            var written = addresses.resolveSibling(addresses.getFileName() + ".part");
            Files.write(written, List.of(cluster.bootstrapServers(), cluster.schemaRegistryUrl()));
            Files.move(written, addresses, StandardCopyOption.ATOMIC_MOVE);
            stopped.orFailureOf(cluster.failure()).await();
        }
    }
}

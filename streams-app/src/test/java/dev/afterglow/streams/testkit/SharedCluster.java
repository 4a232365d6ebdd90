package dev.afterglow.streams.testkit;

import dev.afterglow.streams.embedded.EmbeddedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a running {@link EmbeddedCluster}, the same one for all tests of the JVM: it is started when the first
 * test asks for it, and closed, with its temporary directory removed, after the last.
 *
 * <pre>{@code
 * @ExtendWith(SharedCluster.class)
 * class IntakeIT {
 *
 *     @Test
 *     void counts(EmbeddedCluster cluster) {
 *         String prefix = SharedCluster.freshPrefix();
 *         ... cluster.bootstrapServers(), cluster.schemaRegistryUrl() ...
 *     }
 * }
 * }</pre>
 *
 * <p>Tests keep out of each other's way by a topic prefix (and with it, application id) of their own. Do not close the
 * cluster, and do not stop its parts: a test that must, starts its own with {@link EmbeddedCluster#start}.
 */
public final class SharedCluster implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedCluster.class);

    /** @return a topic prefix that no other test has, ending in a dot */
    public static String freshPrefix() {
        return "t" + UUID.randomUUID().toString().substring(0, 8) + ".";
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .cluster();
    }

    private record Running(EmbeddedCluster cluster, Path directory) implements AutoCloseable {

        static Running start() {
            try {
                Path directory = Files.createTempDirectory("afterglow-it");
                return new Running(EmbeddedCluster.start(directory, 0, 0, step -> {}), directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            cluster.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

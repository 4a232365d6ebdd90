package dev.afterglow.schemas.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A client of the registry beside a registry of the test's own, in a time that only the client's pauses move. */
@Timeout(60)
abstract class RegistryClientTest {
    static final Schema SCHEMA =
            SchemaBuilder.record("Thing").fields().requiredString("name").endRecord();
    static final Schema OTHER =
            SchemaBuilder.record("Other").fields().requiredLong("n").endRecord();

    final ManualTime time = new ManualTime();
    StubRegistry stub;

    @BeforeEach
    void start() throws IOException {
        stub = new StubRegistry();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    final HttpSchemaRegistry client(Map<String, ?> configs) {
        RegistryConfig config = RegistryConfig.from(configs);
        return new HttpSchemaRegistry(config, new Retries(config.budget(), time, time::pause), time);
    }

    final HttpSchemaRegistry client() {
        return client(Map.of("schema.registry.url", stub.url()));
    }

    static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}

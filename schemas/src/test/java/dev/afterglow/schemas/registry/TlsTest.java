package dev.afterglow.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "for-tests-only";

    @TempDir
    private Path directory;

    @Test
    void trustsTheCertificateThatTheTrustStoreNamesAndNoOther() throws Exception {
        // given
        keytool(
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "SAN=ip:127.0.0.1")
                .on("server.p12");
        keytool("-exportcert", "-alias", "registry", "-file", file("registry.crt"))
                .on("server.p12");
        keytool("-importcert", "-noprompt", "-alias", "registry", "-file", file("registry.crt"))
                .on("trust.p12");
        try (StubRegistry stub = new StubRegistry(Optional.of(serverContext()))) {
            Map<String, Object> configs =
                    new HashMap<>(Map.of("schema.registry.url", stub.url(), "afterglow.registry.retry.budget.ms", 0));
            // when, then
            assertThatThrownBy(() -> new HttpSchemaRegistry(configs).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("SSLHandshakeException");
            configs.put("schema.registry.ssl.truststore.location", file("trust.p12"));
            configs.put("schema.registry.ssl.truststore.password", PASSWORD);
            configs.put("schema.registry.ssl.truststore.type", "PKCS12");
            assertThat(new HttpSchemaRegistry(configs).register("s", Schema.create(Schema.Type.LONG)))
                    .isEqualTo(1);
        }
    }

    private SSLContext serverContext() {
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef()
                    .withClientSslSupport()
                    .parse(Map.of(
                            "ssl.keystore.location",
                            file("server.p12"),
                            "ssl.keystore.password",
                            PASSWORD,
                            "ssl.keystore.type",
                            "PKCS12")));
            return factory.sslContext();
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private interface Store {
        void on(String name) throws IOException, InterruptedException;
    }

    private Store keytool(String... arguments) {
        return name -> {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(List.of(arguments));
            command.addAll(List.of("-keystore", file(name), "-storetype", "PKCS12", "-storepass", PASSWORD));
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        };
    }
}

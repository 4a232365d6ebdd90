package dev.afterglow.schemas.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Trust and keys for https, from {@code schema.registry.ssl.*}: Kafka's own keys behind a prefix, read by Kafka's own
 * code (JKS, PKCS12 and PEM).
 */
final class Tls {
    private static final String PREFIX = "schema.registry.";
    private static final String HOST_CHECK = SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG;

    private Tls() {}

    static Optional<SSLContext> from(Map<String, ?> configs) {
        Map<String, Object> ssl = new HashMap<>();
        configs.forEach((key, value) -> {
            if (key.startsWith(PREFIX + "ssl.") && value != null) {
                ssl.put(key.substring(PREFIX.length()), value);
            }
        });
        if (ssl.isEmpty()) {
            return Optional.empty();
        }
        Object hostCheck = ssl.getOrDefault(HOST_CHECK, "https");
        if (!"https".equalsIgnoreCase(String.valueOf(hostCheck))) {
            throw new ConfigException(
                    PREFIX + HOST_CHECK, hostCheck, "host names are always checked: give the registry a fitting one");
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef().withClientSslSupport().parse(ssl));
            return Optional.of(factory.sslContext());
        } catch (KafkaException e) {
            ConfigException clear = new ConfigException(PREFIX + "ssl.*: " + e.getMessage()
                    + " (check the locations, types and passwords of the key store and the trust store)");
            clear.initCause(e);
            throw clear;
        }
    }
}

package dev.afterglow.schemas.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** How to reach the registry, parsed once from Confluent's keys; {@code schema.registry.} may stand before each. */
record RegistryConfig(
        List<String> urls,
        Credentials credentials,
        Optional<SSLContext> tls,
        boolean normalize,
        Duration connectTimeout,
        Duration readTimeout,
        Duration budget) {

    static final String URL = "schema.registry.url";
    static final String NORMALIZE = "normalize.schemas";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    private static final String PREFIX = "schema.registry.";
    private static final String MOCK = "mock://";
    private static final String NO_DOC = "";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, Type.LIST, ConfigDef.NO_DEFAULT_VALUE, Importance.HIGH, NO_DOC)
            .define(NORMALIZE, Type.BOOLEAN, false, Importance.LOW, NO_DOC)
            // Shorter than Confluent's minute: a dead host must leave room in the budget for the next one.
            .define(CONNECT_TIMEOUT, Type.INT, 5_000, Range.between(1, 60_000), Importance.LOW, NO_DOC)
            .define(READ_TIMEOUT, Type.INT, 10_000, Range.between(1, 60_000), Importance.LOW, NO_DOC)
            .define(Credentials.BASIC_SOURCE, Type.STRING, "URL", Importance.MEDIUM, NO_DOC)
            .define(Credentials.BASIC_USER_INFO, Type.PASSWORD, "", Importance.MEDIUM, NO_DOC)
            .define(Credentials.BEARER_SOURCE, Type.STRING, "", Importance.MEDIUM, NO_DOC)
            .define(Credentials.BEARER_TOKEN, Type.PASSWORD, "", Importance.MEDIUM, NO_DOC);

    static RegistryConfig from(Map<String, ?> configs) {
        Map<String, Object> values = DEFINITION.parse(unprefixed(configs));
        return new RegistryConfig(
                urls(values.get(URL)),
                Credentials.from(values),
                Tls.from(configs),
                (Boolean) values.get(NORMALIZE),
                Duration.ofMillis((Integer) values.get(CONNECT_TIMEOUT)),
                Duration.ofMillis((Integer) values.get(READ_TIMEOUT)),
                RetryBudget.from(configs));
    }

    Optional<String> mockScope() {
        return urls.get(0).startsWith(MOCK) ? Optional.of(urls.get(0).substring(MOCK.length())) : Optional.empty();
    }

    private static List<String> urls(Object configured) {
        List<String> urls = ((List<?>) configured)
                .stream()
                        .map(String::valueOf)
                        .map(String::trim)
                        .filter(url -> !url.isEmpty())
                        .distinct()
                        .toList();
        if (urls.isEmpty()) {
            throw new ConfigException(URL, "", "name at least one registry, as in http://127.0.0.1:8081");
        }
        boolean mock = urls.get(0).startsWith(MOCK);
        if (mock ? urls.size() > 1 : !urls.stream().allMatch(url -> url.matches("(?i)https?://.+"))) {
            throw new ConfigException(
                    URL + " takes a list of http:// or https:// addresses, or a single mock://scope, parted by commas");
        }
        return urls;
    }

    private static Map<String, Object> unprefixed(Map<String, ?> configs) {
        Map<String, Object> merged = new HashMap<>(configs);
        Stream.of(
                        NORMALIZE,
                        CONNECT_TIMEOUT,
                        READ_TIMEOUT,
                        Credentials.BASIC_SOURCE,
                        Credentials.BASIC_USER_INFO,
                        Credentials.BEARER_SOURCE,
                        Credentials.BEARER_TOKEN)
                .filter(key -> configs.get(PREFIX + key) != null)
                .forEach(key -> merged.put(key, configs.get(PREFIX + key)));
        return merged;
    }
}

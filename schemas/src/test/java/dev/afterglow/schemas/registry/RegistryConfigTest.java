package dev.afterglow.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryConfigTest {
    private static Map<String, Object> with(Object... pairs) {
        Map<String, Object> configs = new HashMap<>(Map.of("schema.registry.url", "http://127.0.0.1:1"));
        for (int i = 0; i < pairs.length; i += 2) {
            configs.put((String) pairs[i], pairs[i + 1]);
        }
        return configs;
    }

    @Test
    void hasTheDocumentedDefaults() {
        RegistryConfig config = RegistryConfig.from(with("schema.registry.url", "http://a:1, http://b:2/x"));

        assertThat(config.urls()).isEqualTo(List.of("http://a:1", "http://b:2/x"));
        assertThat(config.budget()).isEqualTo(Duration.ofMinutes(4));
        assertThat(config.normalize()).isFalse();
        assertThat(config.tls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "schema.registry.url, ''",
        "schema.registry.url, 127.0.0.1:8081",
        "schema.registry.url, 'mock://a,mock://b'",
        "basic.auth.credentials.source, SASL_INHERIT",
        "basic.auth.credentials.source, nonsense",
        "basic.auth.user.info, no-colon",
        "bearer.auth.credentials.source, OAUTHBEARER",
        "bearer.auth.token, ''",
        "schema.registry.ssl.truststore.location, /nowhere/at/all.p12",
        "schema.registry.ssl.endpoint.identification.algorithm, ''",
        "afterglow.registry.retry.budget.ms, 300000",
        "afterglow.registry.retry.budget.ms, -1",
        "afterglow.registry.retry.budget.ms, soon",
    })
    void namesTheKeyOfAWrongSetting(String key, String value) {
        // given
        Map<String, Object> configs = with(key, value);
        if (key.equals("basic.auth.user.info")) {
            configs.put("basic.auth.credentials.source", "USER_INFO");
        }
        if (key.equals("bearer.auth.token")) {
            configs.put("bearer.auth.credentials.source", "STATIC_TOKEN");
        }
        // when, then
        assertThatThrownBy(() -> RegistryConfig.from(configs))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key.startsWith("schema.registry.ssl") ? "schema.registry.ssl" : key);
    }

    @Test
    void namesTheMissingUrl() {
        assertThatThrownBy(() -> SchemaRegistry.from(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void holdsTheBudgetBelowTheTimeBetweenTwoPolls() {
        assertThatThrownBy(() -> RegistryConfig.from(with("consumer.max.poll.interval.ms", "60000")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("max.poll.interval.ms (60000)");
        assertThat(RegistryConfig.from(
                                with("max.poll.interval.ms", 900_000, "afterglow.registry.retry.budget.ms", "600000"))
                        .budget())
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void printsNoSecret() {
        RegistryConfig config = RegistryConfig.from(
                with("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ann:hush"));

        assertThat(config.toString()).doesNotContain("hush", "YW5uOmh1c2g=");
    }

    @Test
    void leadsAllUsersOfAMockScopeToTheSameRegistry() {
        try {
            SchemaRegistry one = SchemaRegistry.from(with("schema.registry.url", "mock://config-test"));
            SchemaRegistry two = SchemaRegistry.from(with("schema.registry.url", "mock://config-test"));
            assertThat(one).isSameAs(two).isNotSameAs(MockScopes.scope("another"));
        } finally {
            MockScopes.drop("config-test");
            MockScopes.drop("another");
        }
    }
}

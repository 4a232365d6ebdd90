package dev.afterglow.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigKeyTest {

    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void everyKeyStandsInTheTable(ConfigKey key) {
        assertThat(ConfigKey.table()).contains("| `" + key.key() + "` |");
    }

    @Test
    void namesTheEnvironmentVariableAfterTheKey() {
        assertThat(ConfigKey.HTTP_PORT.environmentVariable()).isEqualTo("AFTERGLOW_HTTP_PORT");
    }
}

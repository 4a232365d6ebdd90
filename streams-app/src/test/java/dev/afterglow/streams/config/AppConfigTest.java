package dev.afterglow.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterglow.schemas.topic.PartitionGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppConfigTest {

    @TempDir
    Path directory;

    @Test
    void usesTheDocumentedDefaultsWhenNothingIsSet() {
        // when
        var config = AppConfig.load(Optional.empty(), Map.of(), Map.of());

        // then
        assertThat(config)
                .isEqualTo(new AppConfig(
                        new TopicConfig("afterglow.", 4, 4, 2, (short) -1, true),
                        new HttpConfig("127.0.0.1", 8080),
                        new FlowConfig(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(15),
                                Duration.ofMinutes(4),
                                Duration.ofDays(62),
                                Duration.ofMinutes(10)),
                        Path.of("afterglow-data"),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("bootstrap.servers", "127.0.0.1:9092", "schema.registry.url", "http://127.0.0.1:8081")));
    }

    @Test
    void prefersTheCommandLineToTheEnvironmentAndThatToTheFile() throws IOException {
        // given
        var file = file("afterglow.http.port=1", "afterglow.accounts.partitions=5", "afterglow.data.dir=here");

        // when
        var config = AppConfig.load(
                Optional.of(file),
                Map.of("AFTERGLOW_HTTP_PORT", "2", "AFTERGLOW_ACCOUNTS_PARTITIONS", "6"),
                Map.of("afterglow.http.port", "3"));

        // then
        assertThat(config.http().port()).isEqualTo(3);
        assertThat(config.topicConfig().partitions(PartitionGroup.ACCOUNTS)).isEqualTo(6);
        assertThat(config.dataDir()).isEqualTo(Path.of("here"));
    }

    @Test
    void passesKafkaAndRegistrySettingsOnUnderTheirOwnNames() {
        // when
        var config = AppConfig.load(
                Optional.empty(),
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                        "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                        "SCHEMA_REGISTRY_URL", "https://a:1, https://b:2",
                        "SCHEMA_REGISTRY_SSL_TRUSTSTORE_LOCATION", "/t",
                        "SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "u:p"),
                Map.of());

        // then
        assertThat(config.passThrough())
                .containsOnly(
                        Map.entry("bootstrap.servers", "broker:9092"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("schema.registry.url", "https://a:1, https://b:2"),
                        Map.entry("schema.registry.ssl.truststore.location", "/t"),
                        Map.entry("basic.auth.user.info", "u:p"));
    }

    @Test
    void leavesVariablesOfOtherToolsAlone() {
        // when
        var config = AppConfig.load(
                Optional.empty(),
                Map.of(
                        "KAFKA_HOME", "/opt/kafka",
                        "KAFKA_HEAP_OPTS", "-Xmx1g",
                        "KAFKA_SERVICE_HOST", "10.0.0.1",
                        "AFTERGLOW_PORT_8080_TCP_ADDR", "10.0.0.2",
                        "AFTERGLOW_JAVA_OPTS", "-Xmx1g",
                        "AFTERGLOW_LOG_FORMAT", "json",
                        "AFTERGLOW_LOG_LEVEL", "DEBUG",
                        "AFTERGLOW_HTTP_PORT", ""),
                Map.of());

        // then
        assertThat(config).isEqualTo(AppConfig.load(Optional.empty(), Map.of(), Map.of()));
    }

    @Test
    void readsSecretsFromFiles() throws IOException {
        // given
        var secret = Files.writeString(directory.resolve("secret"), "hunter2\n");

        // when
        var config = AppConfig.load(
                Optional.of(file("ssl.key.password.file=" + secret)),
                Map.of("KAFKA_SASL_JAAS_CONFIG_FILE", secret.toString()),
                Map.of());

        // then
        assertThat(config.passThrough())
                .containsEntry("ssl.key.password", "hunter2")
                .containsEntry("sasl.jaas.config", "hunter2");
    }

    @Test
    void takesANameOfKafkaThatEndsInFileAsItIs() {
        // when
        var config = AppConfig.load(Optional.empty(), Map.of(), Map.of("sasl.oauthbearer.assertion.file", "/token"));

        // then
        assertThat(config.passThrough()).containsEntry("sasl.oauthbearer.assertion.file", "/token");
    }

    @Test
    void showsNoSecretInItsText() throws IOException {
        // given
        var secret = Files.writeString(directory.resolve("secret"), "hunter2");

        // when
        var config = AppConfig.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "sasl.jaas.config", "hunter2",
                        "plugin.phrase.file", secret.toString(),
                        "schema.registry.url", "http://user:hunter2@registry:8081"));

        // then
        assertThat(config.toString()).contains("plugin.phrase", "registry:8081").doesNotContain("hunter2");
    }

    @Test
    void givesEachClientTheSettingsThatItKnows() {
        // when
        var config = AppConfig.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "linger.ms", "5",
                        "producer.batch.size", "9",
                        "max.poll.records", "7",
                        "plugin.colour", "red",
                        "num.stream.threads", "2"));

        // then
        assertThat(config.producerSettings())
                .containsOnlyKeys("bootstrap.servers", "linger.ms", "batch.size", "plugin.colour");
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(directory.resolve("afterglow.properties"), String.join("\n", lines));
    }
}

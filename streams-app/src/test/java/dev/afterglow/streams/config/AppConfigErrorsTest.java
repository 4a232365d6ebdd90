package dev.afterglow.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppConfigErrorsTest {

    @TempDir
    Path directory;

    @Test
    void namesFileLineAndNearestKeyOfAnUnknownOne() throws IOException {
        // given
        var file = file("# first", "afterglow.data.dir=a\\", "b", "", "afterglow.htp.port=80");

        // then
        assertThat(problems(Optional.of(file), Map.of(), Map.of()))
                .containsExactly(file + ":5: afterglow.htp.port is not known: did you mean 'afterglow.http.port'?");
    }

    @Test
    void namesTheVariableOfAnUnknownKey() {
        assertThat(problems(Optional.empty(), Map.of("AFTERGLOW_HTTP_PROT", "1"), Map.of()))
                .containsExactly("environment variable AFTERGLOW_HTTP_PROT is not known:"
                        + " did you mean 'AFTERGLOW_HTTP_PORT'?");
    }

    @Test
    void reportsSeveralErrorsTogether() throws IOException {
        // given
        var file = file("afterglow.http.port=99999", "afterglow.topics.create=yes");

        // then
        assertThat(problems(Optional.of(file), Map.of("BOOTSTRAP_SERVERS", "broker"), Map.of()))
                .containsExactlyInAnyOrder(
                        file + ":1: afterglow.http.port = 99999 cannot be used: write a whole number from 0 to 65535",
                        file + ":2: afterglow.topics.create = yes cannot be used: write true or false",
                        "environment variable BOOTSTRAP_SERVERS: bootstrap.servers = broker cannot be used:"
                                + " write host:port, host:port");
    }

    @ParameterizedTest
    @CsvSource({
        "afterglow.evaluations.partitions, 0",
        "afterglow.accounts.partitions, two",
        "afterglow.topic.replication.factor, 0",
        "afterglow.topic.prefix, a b",
        "afterglow.watermark.interval.ms, 0",
        "afterglow.lateness.days, 99999999999999999999",
        "schema.registry.url, registry:8081",
    })
    void refusesAValueOutOfRangeNamingKeyValueAndPlace(String key, String value) {
        assertThat(problems(Optional.empty(), Map.of(), Map.of(key, value)))
                .singleElement()
                .asString()
                .startsWith("command line: " + key + " = " + value + " cannot be used: ");
    }

    @Test
    void refusesARetryBudgetInWhichTheThreadWouldBeFenced() {
        assertThat(problems(Optional.empty(), Map.of(), Map.of("max.poll.interval.ms", "240000")))
                .singleElement()
                .asString()
                .contains("afterglow.registry.retry.budget.ms = 240000", "max.poll.interval.ms = 240000");
    }

    @Test
    void explainsAPortThatKubernetesHasOverwritten() {
        assertThat(problems(Optional.empty(), Map.of("AFTERGLOW_HTTP_PORT", "tcp://10.0.0.1:80"), Map.of()))
                .singleElement()
                .asString()
                .contains("enableServiceLinks");
    }

    @Test
    void refusesAKeySetTwiceInAFile() throws IOException {
        // given
        var file = file("linger.ms=1", "linger.ms=2");

        // then
        assertThat(problems(Optional.of(file), Map.of(), Map.of()))
                .containsExactly(file + ":2: linger.ms is already set in " + file + ":1: keep one of them");
    }

    @Test
    void refusesAValueAndItsFileTogether() {
        assertThat(problems(
                        Optional.empty(),
                        Map.of("KAFKA_SSL_KEY_PASSWORD", "a", "KAFKA_SSL_KEY_PASSWORD_FILE", "b"),
                        Map.of()))
                .singleElement()
                .asString()
                .contains("ssl.key.password.file and ssl.key.password are both set");
    }

    @Test
    void namesASecretFileThatCannotBeRead() {
        // given
        var missing = directory.resolve("missing");

        // then
        assertThat(problems(Optional.empty(), Map.of(), Map.of("ssl.key.password.file", missing.toString())))
                .singleElement()
                .asString()
                .contains("ssl.key.password.file", missing.toString());
    }

    @Test
    void showsNoValueThatCameFromASecretFile() throws IOException {
        // given
        var secret = Files.writeString(directory.resolve("secret"), "hunter2");

        // then
        assertThat(problems(Optional.empty(), Map.of(), Map.of("afterglow.http.port.file", secret.toString())))
                .singleElement()
                .asString()
                .contains("afterglow.http.port")
                .doesNotContain("hunter2");
    }

    @Test
    void namesAMissingFile() {
        // given
        var missing = directory.resolve("missing.properties");

        // then
        assertThatThrownBy(() -> AppConfig.load(Optional.of(missing), Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(missing + " does not exist");
    }

    @Test
    void namesTheLineOfAMalformedEscape() throws IOException {
        // given
        var file = file("a=b", "c=\\u00zz");

        // then
        assertThat(problems(Optional.of(file), Map.of(), Map.of()))
                .singleElement()
                .asString()
                .startsWith(file + ":2: ");
    }

    private static List<String> problems(
            Optional<Path> file, Map<String, String> environment, Map<String, String> overrides) {
        return catchThrowableOfType(ConfigurationException.class, () -> AppConfig.load(file, environment, overrides))
                .problems();
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(directory.resolve("afterglow.properties"), String.join("\n", lines));
    }
}

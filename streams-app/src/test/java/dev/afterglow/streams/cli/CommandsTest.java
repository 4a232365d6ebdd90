package dev.afterglow.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"apply", "audit", "cases", "explain", "replay", "topics"})
    void explainsItselfWithExamples(String command) {
        // when
        var result = Commands.run(command, "--help");

        // then
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Usage: afterglow " + command, "Examples:", "--bootstrap-servers");
    }

    @Test
    void checksFilesWithoutACluster() throws IOException {
        // given
        var file = Files.writeString(directory.resolve("a.yaml"), "projects: [{project: shop}]");

        // when
        var result = Commands.run("apply", "-f", file.toString(), "--dry-run");

        // then
        assertThat(result.out().lines()).containsExactly("project     shop, version 1", "1 checked, nothing sent");
        assertThat(result.code()).isZero();
    }

    @Test
    void namesFileLineAndFieldAndExitsWithTwo() throws IOException {
        // given
        var file = Files.writeString(directory.resolve("a.yaml"), "projects:\n  - {project: shop, acount: x}\n");

        // when
        var result = Commands.run("apply", "-f", file.toString());

        // then
        assertThat(result.err())
                .isEqualToIgnoringNewLines("afterglow apply: " + file
                        + ":2: projects[0].acount: is not a field here: did you mean 'account'?");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void exitsWithTwoWhenAFileDoesNotExist() {
        // when
        var result =
                Commands.run("apply", "-f", directory.resolve("missing.yaml").toString());

        // then
        assertThat(result.err()).contains("missing.yaml does not exist");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void exitsWithTwoWhenTheConfigurationCannotBeUsed() {
        // when
        var result = Commands.run("topics", "-X", "afterglow.htp.port=1");

        // then
        assertThat(result.err()).contains("did you mean 'afterglow.http.port'?").doesNotContain("\tat ");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void showsTheTraceWhenAskedTo() {
        assertThat(Commands.run("topics", "-v", "-X", "afterglow.htp.port=1").err())
                .contains("\tat dev.afterglow");
    }

    @Test
    void refusesAFileWhoseNameTellsNoFormat() throws IOException {
        // given
        var file = Files.writeString(directory.resolve("log.txt"), "a\n1\n");

        // when
        var result = Commands.run(
                "replay",
                file.toString(),
                "--project",
                "p",
                "--experiment",
                "e",
                "--variant",
                "v",
                "--unit",
                "u",
                "--time",
                "a");

        // then
        assertThat(result.err()).contains("it has to end in .csv, .jsonl or .ndjson");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void exitsWithOneWhenNoBrokerAnswers() {
        // when
        var result = Commands.run(
                "topics",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "-X",
                "default.api.timeout.ms=300",
                "-X",
                "request.timeout.ms=200");

        // then
        assertThat(result.err()).contains("no answer from Kafka at 127.0.0.1:1: check that it runs");
        assertThat(result.code()).isEqualTo(1);
    }
}

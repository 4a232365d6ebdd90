package dev.afterglow.streams.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterIT {

    private static final String TOPIC = "afterglow.test";

    @TempDir
    Path directory;

    @Test
    void losesNothingAndLeavesNoRegistryBehindWhenItsProcessIsKilled() throws Exception {
        // given
        Process parent = startInAProcessOfItsOwn();
        String id;
        ProcessHandle registry;
        try {
            String[] said = lastWordsOfStart(parent).split(" ");
            registry = ProcessHandle.of(Long.parseLong(said[3])).orElseThrow();
            Records.createTopic(said[1], TOPIC);
            Records.sendInTransaction(said[1], TOPIC, "kept");
            id = RegistryClient.register(said[2], "subject", "a");
        } finally {

            // when
            parent.destroyForcibly().waitFor();
        }

        // then
        await().atMost(Duration.ofSeconds(10)).until(() -> !registry.isAlive());
        try (EmbeddedCluster next = EmbeddedCluster.start(directory, 0, 0, step -> {})) {
            assertThat(Records.readAll(next.bootstrapServers(), TOPIC)).containsExactly("kept");
            assertThat(RegistryClient.register(next.schemaRegistryUrl(), "subject", "a"))
                    .isEqualTo(id);
        }
    }

    @Test
    void closesTheOneWhenTheOtherCannotStart() throws Exception {
        // given
        Files.writeString(directory.resolve("registry"), "in the way");

        // when
        assertThatThrownBy(() -> EmbeddedCluster.start(directory, 0, 0, step -> {}))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("registry");

        // then
        DirectoryLock.take(directory.resolve("kafka")).close();
    }

    @Test
    void namesTheTakenPortBeforeItStartsAnything() throws Exception {
        // given
        List<String> steps = new ArrayList<>();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(Ports.HOST))) {

            // when
            assertThatThrownBy(() -> EmbeddedCluster.start(directory, other.getLocalPort(), 0, steps::add))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("--kafka-port");
        }

        // then
        assertThat(steps).isEmpty();
    }

    private Process startInAProcessOfItsOwn() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-D" + RegistryHome.PROPERTY + "=" + System.getProperty(RegistryHome.PROPERTY),
                        ClusterMain.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String lastWordsOfStart(Process parent) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("RUNNING ")) {
                return line;
            }
            said.append(line).append(System.lineSeparator());
        }
        throw new IOException("The process ended: " + said);
    }
}

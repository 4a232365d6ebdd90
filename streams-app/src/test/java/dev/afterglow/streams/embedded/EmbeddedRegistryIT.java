package dev.afterglow.streams.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryIT {

    @TempDir
    Path directory;

    @Test
    void comesBackOnTheSamePortWithAllItsIdsWhenItIsKilled() throws Exception {
        // given
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(directory, 0, step -> {})) {
            long killed = registry.pid();
            RegistryClient.register(registry.url(), "first", "a");
            String id = RegistryClient.register(registry.url(), "second", "b");

            // when: at once, before a lazy writer would have written
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            // then
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(RegistryClient.subjects(registry.url())).isEqualTo("[\"first\",\"second\"]"));
            assertThat(registry.pid()).isNotEqualTo(killed);
            assertThat(RegistryClient.register(registry.url(), "second", "b")).isEqualTo(id);
            assertThat(RegistryClient.register(registry.url(), "third", "c")).isNotEqualTo(id);
        }
    }

    @Test
    void endsItsProcessWhenClosedAndDoesNotStartItAgain() {
        // given
        List<ProcessHandle> others = ProcessHandle.current().children().toList();
        EmbeddedRegistry registry = EmbeddedRegistry.start(directory, 0, step -> {});
        ProcessHandle process = ProcessHandle.of(registry.pid()).orElseThrow();

        // when
        registry.close();

        // then
        assertThat(process.isAlive()).isFalse();
        assertThat(ProcessHandle.current().children()).isSubsetOf(others);
    }

    @Test
    void namesPortAndOptionWhenThePortIsTaken() throws Exception {
        // given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(Ports.HOST))) {

            // when, then
            assertThatThrownBy(() -> EmbeddedRegistry.start(directory, other.getLocalPort(), step -> {}))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining(String.valueOf(other.getLocalPort()))
                    .hasMessageContaining("--registry-port");
        }
    }
}

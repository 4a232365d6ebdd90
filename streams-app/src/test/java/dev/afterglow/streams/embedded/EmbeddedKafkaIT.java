package dev.afterglow.streams.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final String TOPIC = "afterglow.test";

    @TempDir
    Path directory;

    @Test
    void keepsTopicsRecordsAndClusterIdOverARestart() throws Exception {
        // given
        String clusterId;
        try (EmbeddedKafka first = EmbeddedKafka.start(directory, 0, step -> {})) {
            clusterId = first.clusterId();
            Records.createTopic(first.bootstrapServers(), TOPIC);
            Records.sendInTransaction(first.bootstrapServers(), TOPIC, "kept");
        }

        // when
        try (EmbeddedKafka second = EmbeddedKafka.start(directory, 0, step -> {})) {

            // then
            assertThat(second.clusterId()).isEqualTo(clusterId);
            assertThat(Records.readAll(second.bootstrapServers(), TOPIC)).containsExactly("kept");
        }
    }

    @Test
    void namesPortAndOptionWhenThePortIsTaken() throws Exception {
        // given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(Ports.HOST))) {

            // when, then
            assertThatThrownBy(() -> EmbeddedKafka.start(directory, other.getLocalPort(), step -> {}))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining(String.valueOf(other.getLocalPort()))
                    .hasMessageContaining("--kafka-port");
        }
    }

    @Test
    void refusesADirectoryInUseAndLeavesItsUserAlone() throws Exception {
        // given
        try (EmbeddedKafka user = EmbeddedKafka.start(directory, 0, step -> {})) {

            // when, then
            assertThatThrownBy(() -> EmbeddedKafka.start(directory, 0, step -> {}))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("--data-dir");
            Records.createTopic(user.bootstrapServers(), TOPIC);
            assertThat(Records.readAll(user.bootstrapServers(), TOPIC)).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrongWhenTheDirectoryCannotBeMade() throws Exception {
        // given
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        // when, then
        assertThatThrownBy(() -> EmbeddedKafka.start(file, 0, step -> {}))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data-dir");
    }

    @Test
    void reportsAFatalFaultInsteadOfEndingTheProcess() {
        // given
        List<Throwable> heard = new ArrayList<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0, step -> {})) {
            kafka.failure().thenAccept(heard::add);

            // when
            assertThatThrownBy(() -> Exit.halt(1)).isInstanceOf(IllegalStateException.class);
        }

        // then
        assertThat(heard).hasSize(1);
    }

    @Test
    void closesWithinSeconds() {
        // given
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0, step -> {});
        long start = System.nanoTime();

        // when
        kafka.close();

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}

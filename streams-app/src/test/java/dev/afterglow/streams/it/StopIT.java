package dev.afterglow.streams.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterglow.streams.cli.CliErrors;
import dev.afterglow.streams.cli.RunCommand;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.testkit.SharedCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@ExtendWith(SharedCluster.class)
class StopIT {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void stopsInTimeUnderLoadAndGoesOnFromThereWithEverythingEmbedded() throws Exception {
        // given
        var traffic = Traffic.recent(Instant.now());
        int exitCode;
        long sent;
        try (var first = embedded("first")) {
            var stand = stand(first);
            var api = new Api(first.url());
            try (var sender = stand.sender("delivery.timeout.ms", "3000", "request.timeout.ms", "1000");
                    var load = Load.start(sender, traffic, 500)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> api.sums().counted() > 0);

                // when
                first.terminate();
                exitCode = first.exitCode(STOPS_WITHIN);
                sent = load.abandon();
            }
        }

        // then
        assertThat(exitCode).isIn(0, 143);
        try (var second = embedded("second")) {
            var stand = stand(second);
            var api = new Api(second.url());
            try (var sender = stand.sender()) {
                // Nobody knows which of the last ones have arrived: once more, all of them, and each counts once.
                sender.send(traffic, 0, sent);
                sender.await();
            }
            assertThat(api.awaitSettled().counts()).isEqualTo(traffic.countsOf(sent));
            second.terminate();
            assertThat(second.exitCode(STOPS_WITHIN)).isIn(0, 143);
        }
    }

    @Test
    void namesTheTakenPortAndItsOption(EmbeddedCluster cluster) throws Exception {
        // given
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var taken = Integer.toString(other.getLocalPort());

            // when
            var kafka = run("--embedded", "--kafka-port", taken, "--registry-port", "0", "--http-port", "0");
            var registry = run("--embedded", "--kafka-port", "0", "--registry-port", taken, "--http-port", "0");
            var http = run(
                    "--http-port", taken,
                    "--bootstrap-servers", cluster.bootstrapServers(),
                    "--schema-registry-url", cluster.schemaRegistryUrl(),
                    "--topic-prefix", SharedCluster.freshPrefix());

            // then
            assertThat(kafka).startsWith("1 ").contains(taken, "--kafka-port");
            assertThat(registry).startsWith("1 ").contains(taken, "--registry-port");
            assertThat(http).startsWith("1 ").contains(taken, "--http-port");
        }
    }

    /** The exit code, and what was said about the error. */
    private String run(String... arguments) {
        var errors = new StringWriter();
        var all =
                new ArrayList<>(List.of("--data-dir", directory.resolve("taken").toString()));
        all.addAll(List.of(arguments));
        int code = new CommandLine(new RunCommand())
                .setExecutionExceptionHandler(new CliErrors())
                .setErr(new PrintWriter(errors))
                .execute(all.toArray(String[]::new));
        return code + " " + errors;
    }

    private Child embedded(String name) throws Exception {
        return Child.start(
                directory.resolve(name + ".log"),
                "run",
                "--embedded",
                "--data-dir",
                directory.resolve("data").toString(),
                "--kafka-port=0",
                "--registry-port=0",
                "--http-port=0");
    }

    private Stand stand(Child embedded) {
        return new Stand(embedded.said("Kafka:"), embedded.said("Schema registry:"), directory, "afterglow.");
    }
}

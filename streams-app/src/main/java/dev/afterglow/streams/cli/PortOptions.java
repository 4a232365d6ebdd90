package dev.afterglow.streams.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Ports of the servers that a command brings along; 0 takes a free one. */
final class PortOptions {

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the embedded Kafka broker; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int kafka;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the embedded schema registry; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int registry;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Port of the HTTP interface; 0 takes a free one. Default: 8080.")
    private Integer http;

    int kafka() {
        return kafka;
    }

    int registry() {
        return registry;
    }

    /** Empty when the configuration decides. */
    Optional<Integer> http() {
        return Optional.ofNullable(http);
    }
}

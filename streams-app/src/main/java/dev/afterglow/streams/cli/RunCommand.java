package dev.afterglow.streams.cli;

import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.embedded.Ports;
import dev.afterglow.streams.runtime.Service;
import dev.afterglow.streams.runtime.ServiceException;
import dev.afterglow.streams.runtime.UntilStopped;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow run}: the service. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the service until it is told to stop (SIGTERM, Ctrl-C) or cannot go on.",
        footer = {
            "",
            "Exit code 1 when a part of it fails, with the reason; 2 for a configuration that cannot be used.",
            "",
            "Examples:",
            "  afterglow run --config afterglow.properties",
            "  afterglow run --embedded --data-dir ./afterglow-data --kafka-port 9092"
        })
public final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--embedded", description = "Bring a Kafka broker and a schema registry along, data in --data-dir.")
    private boolean embedded;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where local state is kept, and with --embedded all data. Default: afterglow-data.")
    private Path dataDir;

    @Mixin
    private PortOptions ports = new PortOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (var stopped = new UntilStopped()) {
            return embedded ? runEmbedded(stopped) : run(connection.load(System.getenv(), settings()), stopped);
        }
    }

    private int runEmbedded(UntilStopped stopped) {
        var before = connection.load(System.getenv(), settings());
        Ports.requireFree(before.http().port(), "the HTTP interface", "--http-port");
        try (var cluster = EmbeddedCluster.start(before.dataDir(), ports.kafka(), ports.registry(), this::say)) {
            say("Kafka:           " + cluster.bootstrapServers());
            say("Schema registry: " + cluster.schemaRegistryUrl());
            var settings = settings();
            settings.put("bootstrap.servers", cluster.bootstrapServers());
            settings.put("schema.registry.url", cluster.schemaRegistryUrl());
            return run(connection.load(System.getenv(), settings), stopped.orFailureOf(cluster.failure()));
        }
    }

    private int run(AppConfig config, UntilStopped stopped) {
        try (var service = Service.start(config, Clock.systemUTC())) {
            say("Afterglow:       " + service.url());
            var failure = stopped.orFailureOf(service.failure()).await();
            if (failure.isPresent()) {
                throw new ServiceException("the service cannot go on", failure.get());
            }
            say("stopping");
        }
        return ExitCode.OK;
    }

    private Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        if (dataDir != null) {
            settings.put("afterglow.data.dir", dataDir.toString());
        }
        ports.http().ifPresent(port -> settings.put("afterglow.http.port", Integer.toString(port)));
        return settings;
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}

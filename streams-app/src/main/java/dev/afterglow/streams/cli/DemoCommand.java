package dev.afterglow.streams.cli;

import dev.afterglow.streams.client.Connection;
import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.demo.Addresses;
import dev.afterglow.streams.demo.DemoOptions;
import dev.afterglow.streams.demo.DemoReport;
import dev.afterglow.streams.demo.DemoRun;
import dev.afterglow.streams.demo.KafkaDemoServices;
import dev.afterglow.streams.demo.LiveView;
import dev.afterglow.streams.embedded.EmbeddedCluster;
import dev.afterglow.streams.embedded.Ports;
import dev.afterglow.streams.runtime.Service;
import dev.afterglow.streams.runtime.ServiceException;
import dev.afterglow.streams.runtime.UntilStopped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterglow demo}: everything in one process, with a simulated fleet of experiments. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Runs a Kafka broker, a schema registry and the whole pipeline in a temporary directory, and sends"
                        + " them the traffic of a simulated fleet of experiments.",
        footer = {
            "",
            "Exit code 0 when what was counted, priced and raised is what the simulation expected; 1 when not.",
            "",
            "Examples:",
            "  afterglow demo",
            "  afterglow demo --exit --events 200000 --seed 7"
        })
public final class DemoCommand implements Callable<Integer> {

    /** Longer than the slowest machine needs for a demo of the usual size. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Option(names = "--exit", description = "Stop when the simulated traffic is through, and compare.")
    private boolean exit;

    @Option(
            names = "--events",
            defaultValue = "" + DemoOptions.DEFAULT_EVENTS,
            description = "Valid events to send. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(names = "--seed", defaultValue = "7", description = "Seed of the simulation. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private PortOptions ports = new PortOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var options = DemoOptions.of(events, seed, exit);
        ports.http().ifPresent(port -> Ports.requireFree(port, "the HTTP interface", "--http-port"));
        try (var stopped = new UntilStopped();
                var directory = TemporaryDirectory.create("afterglow-demo")) {
            return withCluster(options, directory.path(), stopped);
        }
    }

    private int withCluster(DemoOptions options, Path directory, UntilStopped stopped) throws Exception {
        try (var cluster = EmbeddedCluster.start(directory, ports.kafka(), ports.registry(), this::say)) {
            var config = AppConfig.load(Optional.empty(), Map.of(), settings(directory, cluster));
            say("Starting the pipeline");
            try (var service = Service.start(config, Clock.systemUTC())) {
                stopped.orFailureOf(cluster.failure()).orFailureOf(service.failure());
                var addresses = new Addresses(
                        cluster.bootstrapServers(), URI.create(cluster.schemaRegistryUrl()), URI.create(service.url()));
                var report = untilStopped(() -> run(options, config, addresses), stopped);
                return report.map(this::print).orElse(ExitCode.OK);
            }
        }
    }

    /** Runs the demo aside, so that Ctrl-C or a failing part ends it at once. */
    private static Optional<DemoReport> untilStopped(Callable<Optional<DemoReport>> demo, UntilStopped stopped)
            throws Exception {
        var task = new FutureTask<>(demo);
        var thread = new Thread(task, "demo");
        thread.start();
        stopped.onEnd(() -> task.cancel(true));
        try {
            return task.get();
        } catch (CancellationException e) {
            var failure = stopped.await();
            if (failure.isPresent()) {
                throw new ServiceException("the demo cannot go on", failure.get());
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            thread.join();
        }
    }

    private Optional<DemoReport> run(DemoOptions options, AppConfig config, Addresses addresses) throws Exception {
        var clock = Clock.systemUTC();
        try (var connection = new Connection(config);
                var producer = connection.producer(Map.of())) {
            var services =
                    new KafkaDemoServices(producer, connection, config.topics(), addresses.page(), PATIENCE, clock);
            var demo = new DemoRun(services, options, clock);
            var view = LiveView.start(addresses, demo.progress(), System.out, clock);
            try {
                return demo.run();
            } finally {
                view.close();
            }
        }
    }

    private int print(DemoReport report) {
        report.lines().forEach(this::say);
        return report.differences() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Map<String, String> settings(Path directory, EmbeddedCluster cluster) {
        var settings = new HashMap<String, String>();
        settings.put("bootstrap.servers", cluster.bootstrapServers());
        settings.put("schema.registry.url", cluster.schemaRegistryUrl());
        settings.put("afterglow.data.dir", directory.toString());
        settings.put("afterglow.cost.publish.interval.ms", "2000");
        // In the first quarter of an hour, the clean-up would otherwise be judged when the hour before it is complete.
        settings.put("afterglow.settle.time.ms", "0");
        ports.http().ifPresent(port -> settings.put("afterglow.http.port", Integer.toString(port)));
        return settings;
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}

package dev.afterglow.streams.runtime;

import dev.afterglow.streams.config.AppConfig;
import dev.afterglow.streams.embedded.EndWithParent;
import dev.afterglow.streams.metrics.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The stage of clean-up as the service runs it, but alone: who feeds it is the only one to write what it reads. In a
 * process that ends with the test.
 */
public final class CleanupAlone {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private CleanupAlone() {}

    /** @param arguments configuration of the service; its topics have to be there */
    public static void main(String[] arguments) throws InterruptedException {
        EndWithParent.premain("");
        var config = AppConfig.load(Optional.of(Path.of(arguments[0])), Map.of(), Map.of());
        var failure = new CompletableFuture<Throwable>();
        try (var stopped = new UntilStopped().orFailureOf(failure);
                var metrics = new Metrics();
                var serdes = new ConfiguredSerdes(config);
                var directories = new Directories(config, serdes, failure)) {
            serdes.registerContracts();
            directories.awaitReady(READY_WITHIN);
            UnfinishedStores.delete(StageSettings.stateDirectory(config));
            var settings = new StageSettings(config, InstanceId.of(config));
            var stage = new FlowStages(config, settings, serdes, new Partitions(1, 1, 1))
                    .cleanup(directories.policies(), directories.accounts()::plans);
            runUntil(stopped, new Flow(List.of(stage), settings, metrics, Clock.systemUTC(), failure));
        }
    }

    private static void runUntil(UntilStopped stopped, Flow flow) {
        try (flow) {
            stopped.await().ifPresent(reason -> {
                throw new ServiceException("clean-up cannot go on", reason);
            });
        }
    }
}

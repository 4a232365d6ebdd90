package dev.afterglow.streams.runtime;

import dev.afterglow.streams.bundle.BundlingClients;
import dev.afterglow.streams.metrics.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running stages. */
final class Flow implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Flow.class);

    /** Under the 30 s within which the process has to be gone after a SIGTERM. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final List<KafkaStreams> running = new ArrayList<>();
    private final List<KafkaStreams> judging = new ArrayList<>();

    /**
     * Starts the stages.
     *
     * @param clock the present
     * @param failure completed with the reason when a stream thread fails; the process has to end then
     */
    Flow(
            List<Stage> stages,
            StageSettings settings,
            Metrics metrics,
            Clock clock,
            CompletableFuture<Throwable> failure) {
        try {
            for (var stage : stages) {
                var streams = streams(stage, settings, metrics, clock, failure);
                running.add(streams);
                if (FlowStages.JUDGING.contains(stage.name())) {
                    judging.add(streams);
                }
            }
            running.forEach(KafkaStreams::start);
        } catch (RuntimeException e) {
            // Each holds the lock of its directory from the beginning.
            close();
            throw e;
        }
    }

    private static KafkaStreams streams(
            Stage stage, StageSettings settings, Metrics metrics, Clock clock, CompletableFuture<Throwable> failure) {
        var properties = new Properties();
        properties.putAll(settings.of(stage.name(), stage.threads()));
        var streams = stage.bundled()
                ? new KafkaStreams(stage.topology(), properties, new BundlingClients(clock))
                : new KafkaStreams(stage.topology(), properties);
        streams.setUncaughtExceptionHandler(reason -> {
            LOGGER.atError().addKeyValue("stage", stage.name()).setCause(reason).log("a stream thread failed");
            failure.complete(reason);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        metrics.bindStreams(stage.name(), streams);
        return streams;
    }

    /** Whether every stage runs. */
    boolean isRunning() {
        return running.stream().allMatch(streams -> streams.state() == KafkaStreams.State.RUNNING);
    }

    /**
     * Has the stages that judge and price stand still; what they have begun is committed, and they stay in their groups. One
     * that is not running yet is left to restore what it keeps: to be said again, until it runs.
     */
    void holdJudging() {
        judging.forEach(Flow::hold);
    }

    /** Has them go on. */
    void resumeJudging() {
        judging.forEach(KafkaStreams::resume);
    }

    private static void hold(KafkaStreams stage) {
        if (stage.state() == KafkaStreams.State.RUNNING) {
            stage.pause();
        } else if (stage.isPaused()) {
            // A pause halts restoration too: with tasks to restore the stage would not run before the pause ends, and
            // no
            // instance that starts behind a backlog, or takes over from another one in it, would be ready until then.
            stage.resume();
        }
    }

    /** Stops all stages side by side; each commits what it has, and keeps its place in its group for a restart. */
    @Override
    public void close() {
        var executor = Executors.newFixedThreadPool(Math.max(1, running.size()));
        var options = CloseOptions.timeout(CLOSE_WITHIN);
        running.forEach(streams -> executor.execute(() -> streams.close(options)));
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_WITHIN.toSeconds() + 2, TimeUnit.SECONDS)) {
                LOGGER.atWarn().log("the stages did not stop in time; what was not committed will be done again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

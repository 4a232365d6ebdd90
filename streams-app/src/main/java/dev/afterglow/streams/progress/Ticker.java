package dev.afterglow.streams.progress;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a daemon thread; what it throws is logged and does not end it. */
final class Ticker implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Ticker.class);

    private final String name;
    private final Duration interval;
    private final Runnable action;
    private final ScheduledExecutorService executor;

    Ticker(String name, Duration interval, Runnable action) {
        this.name = name;
        this.interval = interval;
        this.action = action;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        executor.scheduleWithFixedDelay(this::act, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void act() {
        try {
            action.run();
        } catch (RuntimeException e) {
            if (!executor.isShutdown()) {
                LOGGER.atWarn().setCause(e).addKeyValue("ticker", name).log("A periodic task failed; trying on");
            }
        }
    }
}

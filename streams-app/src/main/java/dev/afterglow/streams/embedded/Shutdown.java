package dev.afterglow.streams.embedded;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops what may hang, in bounded time: a process that is told to end has to end. */
final class Shutdown {

    private static final Logger LOGGER = LoggerFactory.getLogger(Shutdown.class);

    private Shutdown() {}

    /** Runs the action on a thread of its own and waits for it, but no longer than told. Failures are logged. */
    static void within(Duration limit, String what, Runnable action) {
        Thread thread = new Thread(action, "stop " + what);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> LOGGER.atWarn().setCause(e).log("could not stop {}", what));
        thread.start();
        try {
            thread.join(limit.toMillis());
            if (thread.isAlive()) {
                LOGGER.atWarn().addKeyValue("waitedMs", limit.toMillis()).log("{} does not stop, left behind", what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

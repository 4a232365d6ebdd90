package dev.afterglow.streams.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the registry again when it has died. Only the end of the process counts: a registry that is slow, or stopped by
 * SIGSTOP, would lose more by a restart than it gains.
 */
final class RegistrySupervisor implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(RegistrySupervisor.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    /** One that ran this long has nothing to do with the failures before it. */
    private static final Duration HEALTHY = Duration.ofSeconds(60);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final RegistryCommand command;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Process process;

    private RegistrySupervisor(RegistryCommand command, Process process) {
        this.command = command;
        this.process = process;
    }

    /** Starts the process; until {@link #watch} it is not started again. */
    static RegistrySupervisor start(RegistryCommand command) throws IOException {
        return new RegistrySupervisor(command, command.start());
    }

    synchronized Process process() {
        return process;
    }

    void watch() {
        Thread thread = new Thread(this::keepAlive, "registry-supervisor");
        thread.setDaemon(true);
        thread.start();
    }

    private void keepAlive() {
        Duration delay = FIRST_DELAY;
        try {
            while (true) {
                Process watched = process();
                long since = System.nanoTime();
                int status = watched.waitFor();
                if (System.nanoTime() - since >= HEALTHY.toNanos()) {
                    delay = FIRST_DELAY;
                }
                if (closing.getCount() == 0) {
                    return;
                }
                LOGGER.atWarn()
                        .addKeyValue("status", status)
                        .addKeyValue("log", command.logFile())
                        .addKeyValue("restartInMs", delay.toMillis())
                        .log("the schema registry has died and is started again");
                if (closing.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                restart();
                delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) < 0 ? delay.multipliedBy(2) : LONGEST_DELAY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void restart() {
        if (closing.getCount() == 0) {
            return;
        }
        try {
            process = command.start();
        } catch (IOException e) {
            LOGGER.atWarn().setCause(e).log("the schema registry could not be started, trying again");
        }
    }

    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closing.countDown();
            last = process;
        }
        last.destroy();
        try {
            if (!last.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                last.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            last.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

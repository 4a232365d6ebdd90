package dev.afterglow.schemas.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a call to the registry while it fails with {@link RegistryUnavailableException}: exponential backoff with full
 * jitter (100 ms doubling to 5 s), at least as long as the registry asked for (30 s at most), within a budget per call.
 * Any other exception passes at once. Safe for use by many threads.
 */
public final class Retries implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Retries.class);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration LONGEST_ASKED = Duration.ofSeconds(30);

    /** One try. */
    @FunctionalInterface
    public interface Attempt<T> {
        /**
         * @param left what is left of the budget; a try should not take longer
         * @throws RegistryUnavailableException to be tried again
         */
        T run(Duration left);
    }

    /** Waits; true when the waiting was cut short by {@link #close()}. */
    @FunctionalInterface
    interface Pause {
        boolean await(Duration length) throws InterruptedException;
    }

    private final Duration budget;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Pause pause;

    /**
     * @param configs where {@code afterglow.registry.retry.budget.ms} (default 240000) is looked up
     * @throws org.apache.kafka.common.config.ConfigException when it is not below {@code max.poll.interval.ms}
     */
    public static Retries from(Map<String, ?> configs) {
        return new Retries(RetryBudget.from(configs), Clock.systemUTC());
    }

    /**
     * @param budget how long one call may take in all; zero for a single try
     * @param clock measures it
     */
    public Retries(Duration budget, Clock clock) {
        this.budget = budget;
        this.clock = clock;
        this.pause = length -> closed.await(length.toNanos(), TimeUnit.NANOSECONDS);
    }

    Retries(Duration budget, Clock clock, Pause pause) {
        this.budget = budget;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Runs the attempt until it succeeds, fails for good, or the budget is spent.
     *
     * @param what for messages: what is asked of the registry
     * @throws RegistryUnavailableException when the budget is spent, or after {@link #close()}, or when interrupted
     */
    public <T> T call(String what, Attempt<T> attempt) {
        Instant start = clock.instant();
        for (int tries = 1; ; tries++) {
            Duration left = budget.minus(Duration.between(start, clock.instant()));
            try {
                return attempt.run(left);
            } catch (RegistryUnavailableException e) {
                Duration wait = wait(tries, e);
                Duration spent = Duration.between(start, clock.instant());
                if (wait.compareTo(budget.minus(spent)) >= 0) {
                    throw givenUp(what, tries, spent, e);
                }
                LOGGER.atWarn()
                        .addKeyValue("what", what)
                        .addKeyValue("tries", tries)
                        .addKeyValue("waitMs", wait.toMillis())
                        .addKeyValue("cause", e.getMessage())
                        .log("The schema registry does not answer; trying again");
                sleep(what, wait, e);
            }
        }
    }

    /** Ends all waiting, now and later. */
    @Override
    public void close() {
        closed.countDown();
    }

    private static Duration wait(int tries, RegistryUnavailableException e) {
        long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(tries - 1, 16));
        Duration jittered = Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
        Duration asked = e.retryAfter().orElse(Duration.ZERO);
        Duration capped = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
        return jittered.compareTo(capped) > 0 ? jittered : capped;
    }

    private void sleep(String what, Duration wait, RegistryUnavailableException last) {
        try {
            if (pause.await(wait)) {
                throw new RegistryUnavailableException("Closed while waiting for the registry to " + what, last);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("Interrupted while waiting for the registry to " + what, last);
        }
    }

    private static RegistryUnavailableException givenUp(
            String what, int tries, Duration spent, RegistryUnavailableException last) {
        return new RegistryUnavailableException(
                "Could not " + what + ": the schema registry failed " + tries + " times in " + spent.toMillis()
                        + " ms (" + last.getMessage() + "). No record is lost: make the registry reachable and start"
                        + " again, or raise " + RetryBudget.KEY + " and max.poll.interval.ms.",
                last);
    }
}

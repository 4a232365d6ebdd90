package dev.afterglow.streams.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the process is told to end or a part of it fails, and holds the virtual machine until everything has been
 * closed in order.
 */
public final class UntilStopped implements AutoCloseable {

    /** The operator's patience after a SIGTERM is 30 s. */
    private static final Duration HELD_FOR = Duration.ofSeconds(28);

    private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "shutdown");

    /** Listens for the end of the process; to be closed when everything else is. */
    public UntilStopped() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ends the wait as well when a part fails. */
    public UntilStopped orFailureOf(CompletionStage<Throwable> part) {
        part.thenAccept(reason -> end.complete(Optional.of(reason)));
        return this;
    }

    /** Waits; gives the reason when a part has failed, and nothing when the process was told to end. */
    public Optional<Throwable> await() {
        return end.join();
    }

    /** Has something done when the wait is over. */
    public void onEnd(Runnable action) {
        end.thenRun(action);
    }

    /** Lets the virtual machine go. */
    @Override
    public void close() {
        closed.countDown();
        if (!end.isDone() || end.join().isPresent()) {
            removeHook();
        }
    }

    private void stop() {
        end.complete(Optional.empty());
        try {
            closed.await(HELD_FOR.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The end has begun meanwhile: the hook finds the latch open.
            hook.getState();
        }
    }
}

package dev.afterglow.streams.it;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Steady traffic from a thread of its own. Every seventh event is sent twice: if its number is even soon, within a few
 * commits; if it is odd so much later that the first may have been counted by a process that has died since.
 */
public final class Load implements AutoCloseable {

    private static final int EVERY_MS = 20;
    private static final int REPEATED = 7;
    private static final int SOON = 500;
    private static final int LATE = 8_000;
    private static final int PATIENCE_S = 60;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Sender sender;
    private final Traffic traffic;
    private long next;

    private Load(Sender sender, Traffic traffic) {
        this.sender = sender;
        this.traffic = traffic;
    }

    /** @param perSecond a multiple of 50 */
    public static Load start(Sender sender, Traffic traffic, int perSecond) {
        var load = new Load(sender, traffic);
        load.executor.scheduleAtFixedRate(
                () -> load.step(perSecond * EVERY_MS / 1000), 0, EVERY_MS, TimeUnit.MILLISECONDS);
        return load;
    }

    /** Sends so many events at once; returns when they have been handed over. */
    public void burst(int events) throws ExecutionException, InterruptedException, TimeoutException {
        executor.submit(() -> step(events)).get(PATIENCE_S, TimeUnit.SECONDS);
    }

    /** Ends the traffic, when the second sendings that are still due are through; how many different events there were. */
    public long stop() throws Exception {
        end();
        failure.getNow(null);
        for (long number = Math.max(0, next - LATE); number < next; number++) {
            if (isRepeated(number) && number + delayOf(number) >= next) {
                sender.send(traffic.event(number));
            }
        }
        sender.await();
        return next;
    }

    /** Ends the traffic when nobody takes it any more; how many different events there may have been. */
    long abandon() throws InterruptedException {
        executor.shutdownNow();
        end();
        return next;
    }

    /** How many of so many events were sent a second time. */
    public static long repeatsAmong(long events) {
        return (events + REPEATED - 1) / REPEATED;
    }

    private void end() throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new AssertionError("the load does not stop");
        }
    }

    private void step(int events) {
        try {
            for (int i = 0; i < events; i++) {
                sender.send(traffic.event(next));
                repeatWhenDue(next - SOON);
                repeatWhenDue(next - LATE);
                next++;
            }
        } catch (RuntimeException e) {
            failure.completeExceptionally(e);
            throw e;
        }
    }

    private void repeatWhenDue(long number) {
        if (number >= 0 && isRepeated(number) && number + delayOf(number) == next) {
            sender.send(traffic.event(number));
        }
    }

    private static boolean isRepeated(long number) {
        return number % REPEATED == 0;
    }

    private static int delayOf(long number) {
        return number % 2 == 0 ? SOON : LATE;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

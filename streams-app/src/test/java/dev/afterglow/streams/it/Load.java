package dev.afterglow.streams.it;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Steady traffic from a thread of its own; every seventh event is sent once more, a while later. */
final class Load implements AutoCloseable {

    private static final int EVERY_MS = 20;
    private static final int REPEATED = 7;
    private static final int LATER_BY = 500;

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
    static Load start(Sender sender, Traffic traffic, int perSecond) {
        var load = new Load(sender, traffic);
        load.executor.scheduleAtFixedRate(
                () -> load.step(perSecond * EVERY_MS / 1000), 0, EVERY_MS, TimeUnit.MILLISECONDS);
        return load;
    }

    /** Ends the traffic; how many different events there were. */
    long stop() throws Exception {
        executor.shutdown();
        if (!executor.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the load does not stop");
        }
        failure.getNow(null);
        sender.await();
        return next;
    }

    /** Ends the traffic when nobody takes it any more; how many different events there may have been. */
    long abandon() throws Exception {
        executor.shutdownNow();
        if (!executor.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the load does not stop");
        }
        return next;
    }

    /** How many of so many events were sent a second time. */
    static long repeatsAmong(long events) {
        return Math.max(0, (events - LATER_BY + REPEATED - 1) / REPEATED);
    }

    private void step(int events) {
        try {
            for (int i = 0; i < events; i++) {
                sender.send(traffic.event(next));
                if (next >= LATER_BY && (next - LATER_BY) % REPEATED == 0) {
                    sender.send(traffic.event(next - LATER_BY));
                }
                next++;
            }
        } catch (RuntimeException e) {
            failure.completeExceptionally(e);
            throw e;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

package dev.afterglow.streams.cleanup;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What turns of judging take: by the clock, with and without the pauses of the collector, and of the thread alone. */
final class TurnTimes {

    private static final long NANOS = 1_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<Turn> turns = new ArrayList<>();

    private record Turn(long nanos, long pausedNanos, long threadNanos) {

        long atWork() {
            return Math.max(0, nanos - pausedNanos);
        }
    }

    void take(Runnable turn) {
        long paused = pausedMillis();
        long thread = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        turn.run();
        long nanos = System.nanoTime() - start;
        turns.add(new Turn(nanos, (pausedMillis() - paused) * NANOS, threads.getCurrentThreadCpuTime() - thread));
    }

    int count() {
        return turns.size();
    }

    /** Milliseconds of the processor that the longest one took. */
    double longestOfThread() {
        return turns.stream().mapToLong(Turn::threadNanos).max().orElse(0) / (double) NANOS;
    }

    private static long pausedMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d turns%n  by the clock %s%n  without the collector's pauses %s%n  of the processor %s",
                turns.size(),
                figures(Turn::nanos),
                figures(Turn::atWork),
                figures(Turn::threadNanos));
    }

    private String figures(ToLongFunction<Turn> what) {
        var sorted = turns.stream().mapToLong(what).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "median %.1f ms, 99 %% %.1f ms, longest %.1f ms, %,d over 50 ms, all %.1f s",
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                sorted[sorted.length - 1] / 1e6,
                turns.stream()
                        .filter(turn -> what.applyAsLong(turn) > 50 * NANOS)
                        .count(),
                turns.stream().mapToLong(what).sum() / 1e9);
    }
}

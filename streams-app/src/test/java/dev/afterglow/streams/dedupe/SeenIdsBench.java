package dev.afterglow.streams.dedupe;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measures what an event that was not seen before costs, how much memory an id takes, and how fast ids come back.
 * Arguments: ids in each hour, hours. Run it alone: {@code java -cp ... dev.afterglow.streams.dedupe.SeenIdsBench}.
 */
final class SeenIdsBench {

    private static final int HORIZON = 24;
    private static final int BURST = 5_000;
    private static final int RESTORED = 10_000_000;
    private static final IdLimits LIMITS = IdLimits.DEFAULT;

    private SeenIdsBench() {}

    public static void main(String[] arguments) throws IOException {
        int idsAnHour = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int hours = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 25;
        Path directory = Files.createTempDirectory("afterglow-ids");
        var log = new ArrayList<Logged>();
        try {
            var ids = new SeenIds(new Spill(directory), LIMITS);
            var random = new SplittableRandom(1);
            for (int hour = 0; hour < hours + 3; hour++) {
                measureHour(ids, random, hour, idsAnHour, log);
            }
            measureRepeats(ids, hours + 2, idsAnHour);
            ids.close();
            measureRestore(directory, log);
        } finally {
            Files.delete(directory);
        }
    }

    private static void measureHour(SeenIds ids, SplittableRandom random, int hour, int idsAnHour, List<Logged> log) {
        long inSee = 0;
        long quickest = Long.MAX_VALUE;
        for (int left = idsAnHour; left > 0; left -= BURST) {
            long start = cpuNanos();
            for (int at = 0; at < Math.min(left, BURST); at++) {
                ids.see(random.nextLong(), at, hour, HORIZON);
            }
            long took = cpuNanos() - start;
            inSee += took;
            quickest = Math.min(quickest, took);
            if (left % 50_000 == 0) {
                ids.drain((key, batch) -> log.add(new Logged(key, batch)), key -> {});
            }
        }
        print(
                "hour %d: %d segments, %.0f ns a new id, %.0f in the quickest 5,000, heap %.1f and mapped %.2f bytes an id of %d%n",
                hour,
                ids.segments(),
                (double) inSee / idsAnHour,
                (double) quickest / BURST,
                (double) ids.heapBytes() / ids.size(),
                (double) ids.mappedBytes() / ids.size(),
                ids.size());
    }

    private static void measureRepeats(SeenIds ids, int hour, int idsAnHour) {
        var random = new SplittableRandom(1);
        for (long at = 0; at < (long) (hour - HORIZON / 2) * idsAnHour; at++) {
            random.nextLong();
        }
        long start = cpuNanos();
        int repeats = 0;
        for (int at = 0; at < idsAnHour; at++) {
            repeats += ids.see(random.nextLong(), 0, hour, HORIZON) == Sighting.NEW ? 0 : 1;
        }
        print(
                "repeats of 12 hours before: %.0f ns each, %d of %d known%n",
                (double) (cpuNanos() - start) / idsAnHour, repeats, idsAnHour);
    }

    private static void measureRestore(Path directory, List<Logged> log) {
        long bytes = 0;
        long count = 0;
        int first = log.size();
        for (long left = RESTORED; left > 0 && first > 0; first--) {
            left -= log.get(first - 1).batch.length / PendingBatches.ID_BYTES;
        }
        for (int round = 0; round < 2; round++) {
            var ids = new SeenIds(new Spill(directory), LIMITS);
            count = 0;
            bytes = 0;
            long start = cpuNanos();
            for (int at = first; at < log.size(); at++) {
                ids.restore(log.get(at).key, log.get(at).batch);
                count += log.get(at).batch.length / PendingBatches.ID_BYTES;
                bytes += log.get(at).batch.length + BatchKey.BYTES;
            }
            ids.see(0, 0, log.get(log.size() - 1).key.hour(), HORIZON);
            print("restored %d ids in %.2f s, %d kept%n", count, (cpuNanos() - start) / 1e9, ids.size());
            ids.close();
        }
        print("changelog: %.3f bytes an id and 70 or so a record%n", (double) bytes / count);
    }

    /** Of this thread: the machine may be busy with other things. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(String format, Object... values) {
        System.out.printf(format, values);
    }

    private record Logged(BatchKey key, byte[] batch) {}
}

package dev.afterglow.streams.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How soon Afterglow counts again after a kill -9: it reads all events, is killed, and is started again while new events
 * wait. The time is that from the start of the process to the last of their counts.
 */
final class Restart {

    private static final int NEW_EVENTS = 400;
    private static final long TICK_MS = 50;
    private static final String RUN = "restart";

    private final Rounds rounds;
    private final Place place;
    private final BenchOptions options;
    private final Consumer<String> say;

    Restart(Rounds rounds, Place place, BenchOptions options, Consumer<String> say) {
        this.rounds = rounds;
        this.place = place;
        this.options = options;
        this.say = say;
    }

    /** @return whether the counts were right after every start */
    boolean run() throws InterruptedException {
        var data = rounds.load(options.data(), RUN, Optional.empty());
        untilCounted(data);
        var times = new ArrayList<Double>();
        boolean right = true;
        for (int round = 1; round <= options.rounds(); round++) {
            data = rounds.append(data, NEW_EVENTS);
            var start = untilCounted(data);
            times.add(start.millis() / 1e3);
            right &= start.right();
            say.accept(String.format(
                    Locale.ROOT,
                    "round %d: after kill -9, with %,d ids kept, counting again %.1f s after the start, %s",
                    round,
                    data.distinct().sum() - NEW_EVENTS,
                    start.millis() / 1e3,
                    start.right() ? "right" : "WRONG"));
        }
        say.accept("counting again after, seconds: " + Text.range(Figures.of(times), 1));
        rounds.drop(data);
        return right;
    }

    private record Start(long millis, boolean right) {}

    /** Starts it, waits for the counts to be complete, and kills it. */
    private Start untilCounted(DataSet data) throws InterruptedException {
        long began = System.nanoTime();
        var running = new AfterglowCase(Optional.empty(), false).start(place, data, RUN);
        try (var observer = running.observer();
                var child = running.child()) {
            while (observer.sum() < data.distinct().sum()) {
                child.requireAlive();
                if (System.nanoTime() - began > options.timeout().toNanos()) {
                    throw new BenchException("not done within " + options.timeout() + "; the end of " + child.log()
                            + ":\n" + child.tail());
                }
                Thread.sleep(TICK_MS);
            }
            long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
            var verdict = CaseResult.Verdict.of(data.distinct(), observer.result());
            return new Start(millis, verdict.differences() == 0);
        }
    }
}

package dev.afterglow.streams.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a case to its end in a fresh JVM and measures it. */
final class CaseRunner {

    private static final long TICK_MS = 100;
    /** After the right sum was reached: a case that counts too much shows it within a few commits. */
    private static final Duration SETTLING = Duration.ofMillis(1_500);
    /** Several commits of every case: who has read all and says nothing for so long will say nothing more. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(20);

    private final Place place;
    private final Duration timeout;
    private final Consumer<String> say;

    CaseRunner(Place place, Duration timeout, Consumer<String> say) {
        this.place = place;
        this.timeout = timeout;
        this.say = say;
    }

    /** Never throws for a case that fails: the others are to go on. */
    CaseResult run(BenchCase one, DataSet data, String run) throws InterruptedException {
        var events = data.spec().events();
        var start = new Sample(System.nanoTime(), 0, 0, 0, place.broker().cpuSeconds());
        Running running;
        try {
            running = one.start(place, data, run);
        } catch (RuntimeException e) {
            return CaseResult.failed(one.name(), events, message(e));
        }
        try (var observer = running.observer();
                var child = running.child()) {
            var timeline = new Timeline(start, events);
            watch(running, timeline, events);
            var bytes = place.cluster().bytes(running.topics());
            check(running);
            child.stop();
            return result(one, data, timeline, observer.result(), bytes);
        } catch (RuntimeException e) {
            return CaseResult.failed(one.name(), events, message(e));
        } finally {
            clear(running);
        }
    }

    private void watch(Running running, Timeline timeline, long events) throws InterruptedException {
        var observer = running.observer();
        var deadline = System.nanoTime() + timeout.toNanos();
        while (!isDone(observer, timeline, events)) {
            Thread.sleep(TICK_MS);
            running.child().requireAlive();
            var consumed = observer.consumed();
            var sum = observer.sum();
            var cpu = ProcStat.cpuSeconds(running.child().pid()).orElse(Double.NaN);
            timeline.add(new Sample(
                    System.nanoTime(), consumed, sum, cpu, place.broker().cpuSeconds()));
            if (System.nanoTime() > deadline) {
                throw new BenchException("not done within " + timeout.toSeconds() + " s: " + consumed + " of " + events
                        + " consumed, " + sum + " counted; the end of "
                        + running.child().log() + ":\n"
                        + running.child().tail());
            }
        }
    }

    private static boolean isDone(Observer observer, Timeline timeline, long events) {
        if (timeline.last().consumed() < events) {
            return false;
        }
        var quiet = timeline.quietNanos();
        return observer.complete() && quiet >= SETTLING.toNanos() || observer.mayLose() && quiet >= GIVEN_UP.toNanos();
    }

    private static CaseResult result(
            BenchCase one, DataSet data, Timeline timeline, Tally counted, Map<String, Long> bytes) {
        var allIn = timeline.allIn();
        return new CaseResult(
                one.name(),
                data.spec().events(),
                timeline.warm(),
                allIn,
                timeline.end().consumed() / allIn.throughput(),
                one.expected(data).map(expected -> CaseResult.Verdict.of(expected, counted)),
                bytes,
                Optional.empty());
    }

    private void check(Running running) throws InterruptedException {
        if (running.check().isPresent()) {
            try (var checking = running.check().get().get()) {
                checking.requireSuccess(timeout);
                say.accept(checking.tail());
            }
        }
    }

    private void clear(Running running) throws InterruptedException {
        running.child().close();
        place.cluster().delete(running.topics(), running.groups());
    }

    private static String message(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

package dev.afterglow.streams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs cases in rounds: each once a round, so that what drifts with time drifts for all. */
final class Rounds {

    private static final double MEGA = 1e6;

    private final Place place;
    private final Loader loader;
    private final BenchOptions options;
    private final Consumer<String> say;

    Rounds(Place place, Loader loader, BenchOptions options, Consumer<String> say) {
        this.place = place;
        this.loader = loader;
        this.options = options;
        this.say = say;
    }

    DataSet load(DataSpec spec, String name, Optional<Integer> horizonHours) {
        say.accept(String.format(Locale.ROOT, "Loading %,d events (%s)", spec.events(), name));
        var started = System.nanoTime();
        var data = loader.load(spec, "bench-" + name + '.', horizonHours);
        say.accept(String.format(
                Locale.ROOT,
                "  %.0f s; %,d distinct, %,d keys, %.0f bytes a value, %.0f MB on disk",
                (System.nanoTime() - started) / 1e9,
                data.distinct().sum(),
                data.distinct().keys(),
                data.averageValue(),
                data.bytes() / MEGA));
        return data;
    }

    /** The same data set with some more events, which have arrived now. */
    DataSet append(DataSet data, int events) {
        return loader.append(data, events);
    }

    /** Loads, runs and prints. */
    Report compare(String title, DataSpec spec, String name, Optional<Integer> horizonHours, List<BenchCase> cases)
            throws InterruptedException {
        var data = load(spec, name, horizonHours);
        var results = new ArrayList<CaseResult>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (var one : cases) {
                results.add(run(one, data, name, round));
            }
        }
        var report = new Report(title, data, results);
        say.accept("");
        report.lines().forEach(say);
        return report;
    }

    CaseResult run(BenchCase one, DataSet data, String name, int round) throws InterruptedException {
        var result =
                new CaseRunner(place, options.timeout(), say).run(one, data, name + '-' + one.name() + '-' + round);
        say.accept(result.failure()
                .map(why -> String.format("round %d %-16s failed: %s", round, one.name(), why))
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "round %d %-16s %6.1f s, warm %s k/s, %s CPU s/M, %s",
                        round,
                        one.name(),
                        result.seconds(),
                        Text.number(result.warm().throughput() / 1e3, 0),
                        Text.number(result.warm().cpu(), 2),
                        result.verdict()
                                .map(found -> found.differences() == 0
                                        ? "right"
                                        : "WRONG: " + found.missing() + " events lost, " + found.differences()
                                                + " keys differ")
                                .orElse("no result"))));
        return result;
    }

    /** Deletes a data set. */
    void drop(DataSet data) throws InterruptedException {
        var prefix = data.topics().prefix();
        place.cluster().delete(topic -> topic.startsWith(prefix), group -> group.startsWith(prefix));
    }
}

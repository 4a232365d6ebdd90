package dev.afterglow.streams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How Afterglow grows: more events, more experiments, one of them hot, longer horizons. All data sets are loaded first, as
 * far as they fit one another, so that the rounds of those that are compared are interleaved.
 */
final class Growth {

    private static final List<Integer> TIMES = List.of(1, 2, 4, 8);
    private static final List<Integer> EXPERIMENTS = List.of(2_000, 20_000);
    private static final List<Integer> HORIZONS = List.of(1, 6, 24);
    private static final int HORIZON_SPAN_HOURS = 30;
    private static final double HOT = 0.9;

    private final Rounds rounds;
    private final BenchOptions options;
    private final Consumer<String> say;

    private record Step(String title, DataSet data, List<CaseResult> results) {}

    Growth(Rounds rounds, BenchOptions options, Consumer<String> say) {
        this.rounds = rounds;
        this.options = options;
        this.say = say;
    }

    void events(List<Report> reports) throws InterruptedException {
        var base = options.data();
        var steps = new ArrayList<Step>();
        for (int times : TIMES) {
            steps.add(step("events x" + times, base.withEvents(base.events() * times), "x" + times, Optional.empty()));
        }
        measure("More events", steps, reports);
        drop(steps);
    }

    void experiments(List<Report> reports) throws InterruptedException {
        var base = options.data();
        var steps = new ArrayList<Step>();
        steps.add(step("experiments " + base.experiments(), base, "base", Optional.empty()));
        for (int experiments : EXPERIMENTS) {
            steps.add(step(
                    "experiments " + experiments,
                    base.withExperiments(experiments),
                    "e" + experiments,
                    Optional.empty()));
        }
        steps.add(step("one hot with 90 %", base.withHot(HOT), "hot", Optional.empty()));
        measure("More experiments, one hot", steps, reports);
        drop(steps);
    }

    void horizons(List<Report> reports) throws InterruptedException {
        var base = options.data();
        var steps = new ArrayList<Step>();
        for (int hours : HORIZONS) {
            // Longer than the longest horizon, so that each holds what it has to and forgets the rest.
            steps.add(step(
                    "horizon " + hours + " h", base.withHours(HORIZON_SPAN_HOURS), "h" + hours, Optional.of(hours)));
        }
        measure("Longer horizons", steps, reports);
        drop(steps);
    }

    private Step step(String title, DataSpec spec, String name, Optional<Integer> horizon) {
        return new Step(title, rounds.load(spec, name, horizon), new ArrayList<>());
    }

    private void measure(String title, List<Step> steps, List<Report> reports) throws InterruptedException {
        for (int round = 1; round <= options.rounds(); round++) {
            for (var step : steps) {
                var name = step.title.replaceAll("[^a-z0-9]+", "-");
                step.results.add(
                        rounds.run(new AfterglowCase(Optional.empty(), options.audit()), step.data, name, round));
            }
        }
        say.accept("");
        say.accept(title);
        lines(steps).forEach(say);
        steps.forEach(step -> reports.add(new Report(step.title, step.data, List.copyOf(step.results))));
    }

    private static List<String> lines(List<Step> steps) {
        var table = new Table(
                "step", "k events/s warm", "to first", "CPU s/M warm", "to first", "changelogs MB/M", "right");
        var first = Summary.of(AfterglowCase.NAME, steps.get(0).results);
        for (var step : steps) {
            var summary = Summary.of(AfterglowCase.NAME, step.results);
            table.add(
                    step.title,
                    Text.range(summary.figures(run -> run.warm().throughput() / 1e3), 0),
                    ratio(summary.warmThroughput(), first.warmThroughput()),
                    Text.range(summary.warmCpu(), 2),
                    ratio(summary.warmCpu(), first.warmCpu()),
                    Text.number(summary.figures(CaseResult::changelogPerMillion).median() / 1e6, 2),
                    summary.verdict());
        }
        return table.lines();
    }

    private static String ratio(Figures one, Figures first) {
        return String.format(Locale.ROOT, "%.2f", one.median() / first.median());
    }

    private void drop(List<Step> steps) throws InterruptedException {
        for (var step : steps) {
            rounds.drop(step.data);
        }
    }
}

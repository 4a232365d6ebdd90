package dev.afterglow.streams.bench;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All runs of one case. */
record Summary(String name, List<CaseResult> runs) {

    /** @param runs of any cases, those of this one are picked */
    static Summary of(String name, Collection<CaseResult> runs) {
        return new Summary(
                name, runs.stream().filter(run -> run.name().equals(name)).toList());
    }

    Figures figures(ToDoubleFunction<CaseResult> figure) {
        return Figures.of(runs.stream().map(figure::applyAsDouble).toList());
    }

    Figures warmThroughput() {
        return figures(run -> run.warm().throughput());
    }

    Figures warmCpu() {
        return figures(run -> run.warm().cpu());
    }

    boolean isRight() {
        return !runs.isEmpty() && runs.stream().allMatch(CaseResult::isRight);
    }

    /** What is to be said of the results, in a cell. */
    String verdict() {
        var failed = runs.stream().filter(run -> run.failure().isPresent()).count();
        if (failed > 0) {
            return "failed " + failed + " of " + runs.size();
        }
        if (runs.stream().allMatch(run -> run.verdict().isEmpty())) {
            return "-";
        }
        if (isRight()) {
            return "yes";
        }
        var missing = figures(
                run -> run.verdict().map(CaseResult.Verdict::missing).orElse(0L).doubleValue());
        var keys = figures(run ->
                run.verdict().map(CaseResult.Verdict::differences).orElse(0L).doubleValue());
        return "NO: lost " + Text.range(missing, 0) + ", " + Text.range(keys, 0) + " keys";
    }
}

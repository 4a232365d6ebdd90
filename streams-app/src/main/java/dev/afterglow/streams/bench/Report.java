package dev.afterglow.streams.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came out of the cases on one data set.
 *
 * @param title of what was measured
 * @param data what it was measured on
 * @param results every run, in order
 */
record Report(String title, DataSet data, List<CaseResult> results) {

    private static final double THOUSAND = 1e3;
    private static final double MEGA = 1e6;

    /** By case, in the order of the first run. */
    Map<String, Summary> summaries() {
        var summaries = new LinkedHashMap<String, Summary>();
        results.forEach(run -> summaries.computeIfAbsent(run.name(), name -> Summary.of(name, results)));
        return summaries;
    }

    /** Whether every run of Afterglow was right; true when there was none. */
    boolean afterglowIsRight() {
        return results.stream()
                .filter(run -> run.name().equals(AfterglowCase.NAME))
                .allMatch(CaseResult::isRight);
    }

    List<Targets.Comparison> comparisons() {
        var summaries = summaries();
        var all = new ArrayList<>(Targets.compare(summaries));
        if (summaries.containsKey(AfterglowCase.NAME)) {
            all.addAll(Targets.footprint(summaries.get(AfterglowCase.NAME), data));
        }
        return all;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(title);
        lines.addAll(table().lines());
        lines.add("");
        comparisons().forEach(comparison -> lines.add(comparison.line()));
        return lines;
    }

    private Table table() {
        var table = new Table(
                "case",
                "k events/s warm",
                "all-in",
                "CPU s/M warm",
                "all-in",
                "broker CPU s/M warm",
                "between stages MB/M",
                "changelogs MB/M",
                "right");
        summaries().values().forEach(summary -> table.add(row(summary)));
        return table;
    }

    static String[] row(Summary summary) {
        return new String[] {
            summary.name(),
            Text.range(summary.figures(run -> run.warm().throughput() / THOUSAND), 0),
            Text.range(summary.figures(run -> run.allIn().throughput() / THOUSAND), 0),
            Text.range(summary.figures(run -> run.warm().cpu()), 2),
            Text.range(summary.figures(run -> run.allIn().cpu()), 2),
            Text.range(summary.figures(run -> run.warm().broker()), 2),
            Text.number(summary.figures(CaseResult::carriedPerMillion).median() / MEGA, 2),
            Text.number(summary.figures(CaseResult::changelogPerMillion).median() / MEGA, 2),
            summary.verdict()
        };
    }
}

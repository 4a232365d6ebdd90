package dev.afterglow.streams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How Afterglow stands to its rivals, against what it set out to reach. Medians of warm figures. */
final class Targets {

    /**
     * @param rival the other case
     * @param cpu CPU per event may be at most this multiple of the rival's
     * @param throughput has to be at least this multiple of the rival's
     */
    record Target(String rival, double cpu, double throughput) {}

    /** Set with the issue in which the engine was built. */
    static final List<Target> ALL = List.of(
            new Target("textbook", 0.40, 3.0),
            new Target("textbook-dedupe", 0.20, 6.0),
            new Target("limit-2", 2.2, 0.45),
            new Target("flink", 1.0, 1.1));

    /** Share of the source's bytes on disk that may be carried between stages. */
    static final double CARRIED = 0.01;

    /** Bytes of changelog for each event id. */
    static final double CHANGELOG_PER_ID = 16;

    /**
     * @param kind what is compared
     * @param rival with what
     * @param value what it is
     * @param target what it should be
     * @param atMost whether the target is an upper bound
     */
    record Comparison(String kind, String rival, double value, double target, boolean atMost) {

        boolean passes() {
            return atMost ? value <= target : value >= target;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%-4s  %s vs %s: %.2f (target %s %.2f)",
                    passes() ? "pass" : "MISS",
                    kind,
                    rival,
                    value,
                    atMost ? "at most" : "at least",
                    target);
        }
    }

    private Targets() {}

    /** Comparisons with the rivals that ran. */
    static List<Comparison> compare(Map<String, Summary> summaries) {
        var own = summaries.get(AfterglowCase.NAME);
        var found = new ArrayList<Comparison>();
        if (own == null) {
            return found;
        }
        for (var target : ALL) {
            var rival = summaries.get(target.rival());
            if (rival == null) {
                continue;
            }
            add(found, "CPU per event", target.rival(), ratio(own.warmCpu(), rival.warmCpu()), target.cpu(), true);
            add(
                    found,
                    "throughput",
                    target.rival(),
                    ratio(own.warmThroughput(), rival.warmThroughput()),
                    target.throughput(),
                    false);
        }
        return found;
    }

    /** What a run of Afterglow writes beside its results. */
    static List<Comparison> footprint(Summary own, DataSet data) {
        var millions = data.spec().events() / 1e6;
        var found = new ArrayList<Comparison>();
        var carried = own.figures(CaseResult::carriedPerMillion).median() * millions / data.bytes();
        add(found, "bytes between stages", "bytes of the source", carried, CARRIED, true);
        var logged = own.figures(CaseResult::changelogPerMillion).median()
                * millions
                / data.distinct().sum();
        add(found, "bytes of changelogs", "event ids", logged, CHANGELOG_PER_ID, true);
        return found;
    }

    private static void add(
            List<Comparison> found, String kind, String rival, double value, double target, boolean atMost) {
        if (!Double.isNaN(value)) {
            found.add(new Comparison(kind, rival, value, target, atMost));
        }
    }

    private static double ratio(Figures own, Figures rival) {
        return own.median() / rival.median();
    }
}

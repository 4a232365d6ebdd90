package dev.afterglow.streams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.streams.bench.CaseResult.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final DataSpec SPEC = new DataSpec(1_000_000, 200, 1.1, 4, 6, 0.02, 0.01, 0, 7);

    @Test
    void comparesMediansOfWarmFiguresWithTheTargets() {
        // given medians of 1.0 against 4.0 CPU seconds, and of 800,000 against 200,000 events a second
        var report = report(
                run("textbook", 200_000, 4.0, 0),
                run("afterglow", 800_000, 1.0, 0),
                run("afterglow", 900_000, 0.9, 0),
                run("afterglow", 100_000, 9.0, 0));

        // when
        var comparisons = report.comparisons();

        // then
        assertThat(comparisons)
                .filteredOn(found -> found.rival().equals("textbook"))
                .extracting(Targets.Comparison::value)
                .containsExactly(0.25, 4.0);
        assertThat(comparisons).allMatch(Targets.Comparison::passes);
    }

    @Test
    void saysWhichTargetIsMissed() {
        var report = report(run("limit-2", 1_000_000, 1.0, 0), run("afterglow", 100_000, 3.0, 0));

        assertThat(report.lines())
                .contains(
                        "MISS  CPU per event vs limit-2: 3.00 (target at most 2.20)",
                        "MISS  throughput vs limit-2: 0.10 (target at least 0.45)");
    }

    @Test
    void isNotRightWhenOneRunOfAfterglowIsNot() {
        assertThat(report(run("afterglow", 1, 1, 0), run("afterglow", 1, 1, 2)).afterglowIsRight())
                .isFalse();
    }

    @Test
    void isNotRightWhenARunOfAfterglowFailed() {
        assertThat(report(CaseResult.failed("afterglow", 1, "broken")).afterglowIsRight())
                .isFalse();
    }

    @Test
    void doesNotMindThatARivalIsWrong() {
        assertThat(report(run("textbook", 1, 1, 2), run("afterglow", 1, 1, 0)).afterglowIsRight())
                .isTrue();
    }

    @Test
    void tellsHowManyEventsARivalLost() {
        assertThat(String.join("\n", report(run("textbook", 1, 1, 2)).lines())).contains("NO: lost 20, 2 keys");
    }

    @Test
    void countsChangelogsApartFromWhatIsCarriedBetweenStages() {
        // given
        var bytes = Map.of(
                "p.internal.deltas", 10L,
                "a-count-repartition", 20L,
                "a-store-changelog", 5L,
                "p.impressions", 1_000L);
        var measure = new Measure(1, 1, 1);

        // when
        var run =
                new CaseResult("afterglow", 1_000_000, measure, measure, 1, Optional.empty(), bytes, Optional.empty());

        // then
        assertThat(run.carriedPerMillion()).isEqualTo(30);
        assertThat(run.changelogPerMillion()).isEqualTo(5);
    }

    @Test
    void writesNoNumberForAFigureThatCouldNotBeHad() {
        var options = new BenchOptions(
                SPEC,
                List.of(),
                1,
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(Measurement.CASES));

        var tree = Json.tree(options, List.of("here"), List.of(report(CaseResult.failed("poll", 1, "broken"))));

        assertThat(tree.at("/reports/0/runs/0/warm/eventsPerSecond").isNull()).isTrue();
        assertThat(tree.at("/reports/0/runs/0/failure").asText()).isEqualTo("broken");
    }

    @Test
    void setsColumnsTheFirstToTheLeft() {
        var table = new Table("case", "k");
        table.add("a", "1,000");

        assertThat(table.lines()).containsExactly("case      k", "a     1,000");
    }

    @Test
    void refusesARowOfAnotherLength() {
        var table = new Table("case", "k");

        assertThatThrownBy(() -> table.add("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsARowThatFlinkPrinted() {
        var line = FlinkCase.row("2> +I[checkout-exp-00001, control, 2026-11-01T10:00, 42]");

        assertThat(line)
                .contains(new FileObserver.Line(
                        "bench-shop/production/checkout-exp-00001/2026-11-01T10:00:00Z/control", 42));
    }

    @Test
    void findsNoFlinkWhereItWasNotBuilt() {
        assertThat(FlinkCase.find(Optional.of(Path.of("no", "such", "place")))).isEmpty();
    }

    private static Report report(CaseResult... runs) {
        var tally = new Tally();
        tally.add("key", 990_000);
        var data = new DataSet(SPEC, new Topics("p."), tally, tally, 100_000_000, 200);
        return new Report("title", data, List.of(runs));
    }

    private static CaseResult run(String name, double throughput, double cpu, long differences) {
        var measure = new Measure(throughput, cpu, 0.1);
        var verdict = new Verdict(differences, differences * 10);
        return new CaseResult(name, 1_000_000, measure, measure, 1, Optional.of(verdict), Map.of(), Optional.empty());
    }
}

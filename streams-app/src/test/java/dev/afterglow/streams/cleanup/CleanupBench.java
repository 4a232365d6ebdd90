package dev.afterglow.streams.cleanup;

import dev.afterglow.contract.CleanupAlert;
import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ExperimentDefinition;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.Topics;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.ExperimentOverhead;
import dev.afterglow.state.ExperimentUsage;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.HourOverhead;
import dev.afterglow.state.OverheadBatch;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.state.UsageBatch;
import dev.afterglow.state.UsageQuarter;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.testkit.Experiments;
import dev.afterglow.streams.testkit.FakeAccounts;
import dev.afterglow.streams.testkit.FakePolicies;
import dev.afterglow.streams.testkit.MockSerdes;
import dev.afterglow.streams.testkit.StageDriver;
import dev.afterglow.streams.year.YearFeed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The topology of clean-up, fed as stage 2 feeds it. */
final class CleanupBench implements YearFeed.Inlet, AutoCloseable {

    /** A full hour. */
    static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    static final Duration SETTLE = Duration.ofMinutes(15);

    final Topics topics = new Topics("t.");
    final MockSerdes serdes = new MockSerdes();
    final FakePolicies policies = new FakePolicies();
    final FakeAccounts accounts = new FakeAccounts();
    final StageDriver driver;

    /** Judging never takes too long. */
    CleanupBench() {
        this(Clock.fixed(NOON, ZoneOffset.UTC));
    }

    /** @param clock that tells for how long judging has gone on */
    CleanupBench(Clock clock) {
        var topology =
                new CleanupTopology(topics, serdes, policies, accounts::plans, SETTLE, Duration.ofSeconds(1), 1, clock);
        driver = new StageDriver(topology::toTopology, serdes, NOON);
    }

    void define(ExperimentDefinition.Builder definition) {
        define(Experiments.CHECKOUT, definition.build());
    }

    @Override
    public void define(ExperimentKey experiment, ExperimentDefinition version) {
        driver.pipe(topics.experiments(), experiment.toString(), version);
    }

    /** Impressions of variant green in the quarter-hour of an instant. */
    void traffic(Instant at, long count) {
        traffic(Experiments.CHECKOUT, at, count);
    }

    void traffic(ExperimentKey experiment, Instant at, long count) {
        var quarter = new QuarterCount("green", Quarters.quarterOf(at), count);
        pipe(
                experiment.toString(),
                new FlowMessage(new ExperimentDeltas(
                        experiment.project(),
                        experiment.environment(),
                        experiment.experiment(),
                        CountingPolicy.EVALUATION,
                        List.of(quarter))));
        projectTraffic("shop", at, count);
    }

    /** Impressions of a project, whatever its experiments. */
    void projectTraffic(String project, Instant at, long count) {
        pipe("#0", new FlowMessage(new ProjectTraffic(project, "production", Quarters.hourOf(at), count)));
    }

    /** What clients spent on the experiment in the hour of an instant. */
    void overhead(Instant at, long micros, long bytes) {
        var experiment = Experiments.CHECKOUT;
        pipe(
                "#0",
                new FlowMessage(new OverheadBatch(List.of(new ExperimentOverhead(
                        experiment.project(),
                        experiment.environment(),
                        experiment.experiment(),
                        List.of(new HourOverhead(Quarters.hourOf(at), micros, bytes)))))));
    }

    @Override
    public void traffic(List<ExperimentDeltas> deltas, Map<Instant, Long> projectHours) {
        if (!deltas.isEmpty()) {
            pipe("#0", new FlowMessage(new DeltaBatch(deltas)));
        }
        projectHours.forEach(
                (hour, count) -> pipe("#0", new FlowMessage(new ProjectTraffic("shop", "production", hour, count))));
    }

    /** Everything that arrived before has been read: as far as cases of a full hour are judged. */
    void judgedUpTo(Instant hour) {
        watermark(hour.plus(SETTLE));
    }

    @Override
    public void watermark(Instant readUpTo) {
        pipe("#0", new FlowMessage(new Watermark(0, readUpTo)));
    }

    List<CleanupAlert> alerts() {
        return driver.values(topics.cleanupAlerts());
    }

    /** What cost was told since the last look. */
    List<ExperimentUsage> usage() {
        return driver.values(topics.usage()).stream()
                .map(message -> message.getBody())
                .filter(UsageBatch.class::isInstance)
                .flatMap(batch -> ((UsageBatch) batch).getUsages().stream())
                .toList();
    }

    /** Impressions and leftovers by account, added up. */
    static Map<String, List<Long>> sums(List<ExperimentUsage> usage) {
        var sums = new TreeMap<String, List<Long>>();
        for (var change : usage) {
            for (UsageQuarter quarter : change.getQuarters()) {
                sums.merge(
                        change.getAccount(),
                        List.of(quarter.getImpressions(), quarter.getLeftover()),
                        (one, other) -> List.of(one.get(0) + other.get(0), one.get(1) + other.get(1)));
            }
        }
        return sums;
    }

    @Override
    public void close() {
        driver.close();
    }

    private void pipe(String key, FlowMessage message) {
        driver.pipe(topics.traffic(), key, message);
    }
}

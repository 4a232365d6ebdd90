package dev.afterglow.streams.flow;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.ExperimentOverhead;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.OverheadBatch;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.state.Watermark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a task has been told by the stage before since its last commit, added up: several partitions upstream speak of
 * the same hours, and each change of an hour is dear downstream. To be worked off within the commit.
 */
public final class GatheredFlow {

    private static final int MOST_CELLS = 50_000;

    private final Map<Group, Map<String, SortedRows>> deltas = new LinkedHashMap<>();
    private final OverheadMessages overheads = new OverheadMessages();
    private final Map<ProjectHour, Long> projects = new LinkedHashMap<>();
    private final Map<Integer, Instant> watermarks = new LinkedHashMap<>();
    private int cells;

    private record Group(ExperimentKey experiment, CountingPolicy policy) {}

    private record ProjectHour(String project, String environment, Instant hour) {}

    /**
     * What was gathered, to be taken in the order of the components: a watermark speaks of what was told before it.
     *
     * @param deltas by experiment and policy, in the order in which they were first spoken of; in each, what is of one
     *     variant lies together, in the order of time
     * @param overheads what clients spent, by experiment
     * @param projects traffic of whole projects by the hour
     * @param watermarks the last of each source
     */
    public record Work(
            List<ExperimentDeltas> deltas,
            List<ExperimentOverhead> overheads,
            List<ProjectTraffic> projects,
            List<Watermark> watermarks) {}

    /** Whether so much was gathered that it is better worked off before the commit: transactions must not take long. */
    public boolean isFull() {
        return cells >= MOST_CELLS;
    }

    /** How many changes wait to be worked off. */
    public int size() {
        return cells + projects.size() + watermarks.size();
    }

    /** @throws ArithmeticException when a sum does not fit a long */
    public void add(FlowMessage message) {
        var body = message.getBody();
        if (body instanceof DeltaBatch batch) {
            batch.getDeltas().forEach(this::add);
        } else if (body instanceof ExperimentDeltas more) {
            // So they came, one by one, from an earlier release.
            add(more);
        } else if (body instanceof OverheadBatch batch) {
            overheads.add(batch);
        } else if (body instanceof ProjectTraffic traffic) {
            var key = new ProjectHour(traffic.getProject(), traffic.getEnvironment(), traffic.getHour());
            projects.merge(key, traffic.getCount(), Math::addExact);
        } else if (body instanceof Watermark report) {
            watermarks.merge(report.getSource(), report.getReadUpTo(), GatheredFlow::later);
        }
    }

    /** Takes everything out. */
    public Work take() {
        var work = new Work(
                deltas.entrySet().stream()
                        .flatMap(entry -> DeltaMessages.of(
                                entry.getKey().experiment(), entry.getKey().policy(), counts(entry.getValue())))
                        .toList(),
                overheads.take(),
                projects.entrySet().stream().map(GatheredFlow::toTraffic).toList(),
                watermarks.entrySet().stream()
                        .map(entry -> new Watermark(entry.getKey(), entry.getValue()))
                        .toList());
        deltas.clear();
        cells = 0;
        projects.clear();
        watermarks.clear();
        return work;
    }

    /**
     * Takes the deltas of one experiment.
     *
     * @throws ArithmeticException when a sum does not fit a long
     */
    public void add(ExperimentDeltas more) {
        var experiment = DeltaMessages.experimentOf(more);
        var byVariant =
                deltas.computeIfAbsent(new Group(experiment, more.getPolicy()), group -> new LinkedHashMap<>(4));
        for (QuarterCount count : more.getCounts()) {
            var sums = byVariant.computeIfAbsent(count.getVariant(), variant -> new SortedRows(1));
            int before = sums.size();
            int row = sums.rowOf(count.getQuarter().toEpochMilli());
            sums.set(row, 0, Math.addExact(sums.get(row, 0), count.getCount()));
            cells += sums.size() - before;
        }
    }

    private static List<QuarterCount> counts(Map<String, SortedRows> byVariant) {
        var counts = new ArrayList<QuarterCount>();
        byVariant.forEach((variant, sums) -> {
            for (int row = 0; row < sums.size(); row++) {
                counts.add(new QuarterCount(variant, Instant.ofEpochMilli(sums.key(row)), sums.get(row, 0)));
            }
        });
        return counts;
    }

    private static ProjectTraffic toTraffic(Map.Entry<ProjectHour, Long> entry) {
        var at = entry.getKey();
        return new ProjectTraffic(at.project(), at.environment(), at.hour(), entry.getValue());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

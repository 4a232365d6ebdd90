package dev.afterglow.streams.impressions;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.state.DeltaBatch;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.state.StoredCount;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.commit.CommitHook;
import dev.afterglow.streams.flow.DeltaMessages;
import dev.afterglow.streams.flow.EarlyCommits;
import dev.afterglow.streams.flow.GatheredFlow;
import dev.afterglow.streams.flow.OverheadMessages;
import dev.afterglow.streams.flow.ProgressReport;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.flow.WatermarkTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds deltas to counts, publishes the whole counts, and passes the deltas on, all once per commit; but for those of
 * sealed hours, which become dead letters.
 */
final class ImpressionsProcessor implements Processor<String, FlowMessage, Object, Object> {

    private static final Duration PUBLISH_AFTER = Duration.ofSeconds(1);

    /** Intake's threads commit within 5 seconds of each other, and seldom all at once. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final int intakePartitions;
    private final Sealing sealing;
    private final SealedLetters letters = new SealedLetters();

    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, StoredCount> counts;
    private EarlyCommits commits;
    private GatheredFlow gathered;
    private Round round;
    private WatermarkTracker watermark;
    private Sealer sealer;
    private SealedLedger corrections;
    private boolean sealingDue;

    ImpressionsProcessor(int intakePartitions, Sealing sealing) {
        this.intakePartitions = intakePartitions;
        this.sealing = sealing;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        counts = context.getStateStore(ImpressionsTopology.COUNTS);
        sealer = new Sealer(counts, context.getStateStore(ImpressionsTopology.SEALED), sealing);
        corrections = new SealedLedger(
                context.getStateStore(ImpressionsTopology.CORRECTIONS),
                context.taskId().partition());
        // A task whose transaction was aborted starts again with this very object.
        gathered = new GatheredFlow();
        round = new Round(intakePartitions);
        CommitHook commit = context.getStateStore(ImpressionsTopology.COMMIT);
        commit.register(this::beforeCommit);
        commits = EarlyCommits.schedule(context, PUBLISH_AFTER, QUIET, () -> gathered.size());
        sealingDue = false;
        context.schedule(sealing.interval(), PunctuationType.WALL_CLOCK_TIME, this::sealSome);
        watermark = new WatermarkTracker(context.getStateStore(ImpressionsTopology.WATERMARKS), intakePartitions);
    }

    @Override
    public void process(Record<String, FlowMessage> record) {
        commits.more();
        if (record.value().getBody() instanceof DeltaBatch batch) {
            int element = 0;
            for (var deltas : batch.getDeltas()) {
                gathered.add(withoutSealed(deltas, element, record.timestamp()));
                element += deltas.getCounts().size();
            }
        } else if (record.value().getBody() instanceof ExperimentDeltas deltas) {
            gathered.add(withoutSealed(deltas, 0, record.timestamp()));
        } else {
            gathered.add(record.value());
            if (record.value().getBody() instanceof Watermark report) {
                hear(report);
            }
        }
        if (gathered.isFull()) {
            workOff();
        }
    }

    private void hear(Watermark report) {
        round.hear(report, Instant.ofEpochMilli(context.currentSystemTimeMs()));
        if (round.isComplete()) {
            commits.enough();
        }
    }

    /** Hours are only sealed when nothing waits for them: at once, or else with the next commit. */
    private void sealSome(long now) {
        sealingDue = true;
        if (gathered.size() == 0) {
            seal();
        }
    }

    private void beforeCommit() {
        commits.committing();
        round.clear();
        workOff();
        seal();
    }

    private void seal() {
        if (sealingDue) {
            sealingDue = false;
            watermark.current().ifPresent(sealer::step);
        }
    }

    private void workOff() {
        long now = context.currentSystemTimeMs();
        var work = gathered.take();
        work.deltas().forEach(deltas -> add(deltas, now));
        DeltaMessages.pack(work.deltas(), message -> toOwnPartition(message, now));
        OverheadMessages.pack(work.overheads(), message -> toOwnPartition(message, now));
        work.projects().forEach(traffic -> toOwnPartition(new FlowMessage(traffic), now));
        work.watermarks().stream()
                .map(report -> watermark.report(report.getSource(), report.getReadUpTo()))
                .flatMap(Optional::stream)
                .reduce((earlier, later) -> later)
                .ifPresent(moved -> passOn(moved, now));
    }

    /** What was gathered of an hour lies together and makes one revision, unless a message was full within it. */
    private void add(ExperimentDeltas deltas, long now) {
        var experiment = DeltaMessages.experimentOf(deltas);
        var touchedAt = watermark.current().orElse(null);
        var more = deltas.getCounts();
        int from = 0;
        while (from < more.size()) {
            var key = keyOf(experiment, more.get(from));
            int to = from + 1;
            while (to < more.size() && isOf(key, more.get(to))) {
                to++;
            }
            addHour(key, more.subList(from, to), deltas.getPolicy(), touchedAt, now);
            from = to;
        }
    }

    private void addHour(
            ImpressionKey key, List<QuarterCount> more, CountingPolicy policy, Instant touchedAt, long now) {
        String row = key.toString();
        var count = plus(counts.get(row), more, policy, touchedAt);
        counts.put(row, count);
        context.forward(new Record<>(row, published(key, count), now), ImpressionsTopology.IMPRESSIONS);
    }

    private static boolean isOf(ImpressionKey key, QuarterCount delta) {
        return delta.getVariant().equals(key.variant())
                && Quarters.hourOf(delta.getQuarter()).equals(key.hour());
    }

    /** What is left when sealed hours have refused their part, which becomes dead letters. */
    private ExperimentDeltas withoutSealed(ExperimentDeltas deltas, int element, long now) {
        var asOf = watermark.current();
        if (asOf.isEmpty()) {
            return deltas;
        }
        var experiment = DeltaMessages.experimentOf(deltas);
        var kept = new ArrayList<QuarterCount>(deltas.getCounts().size());
        long refused = 0;
        for (int i = 0; i < deltas.getCounts().size(); i++) {
            var delta = deltas.getCounts().get(i);
            if (isSealed(experiment, delta, asOf.get())) {
                var position = context.recordMetadata().orElseThrow();
                refused = Math.addExact(refused, delta.getCount());
                context.forward(
                        letters.of(deltas, delta, element + i, position, now), ImpressionsTopology.DEAD_LETTERS);
            } else {
                kept.add(delta);
            }
        }
        if (kept.size() == deltas.getCounts().size()) {
            return deltas;
        }
        context.forward(new Record<>(corrections.key(), corrections.refuse(refused), now), ImpressionsTopology.LEDGER);
        return new ExperimentDeltas(
                deltas.getProject(), deltas.getEnvironment(), deltas.getExperiment(), deltas.getPolicy(), kept);
    }

    private boolean isSealed(ExperimentKey experiment, QuarterCount delta, Instant asOf) {
        return sealer.isSealed(experiment, Quarters.hourOf(delta.getQuarter()), asOf)
                && counts.get(keyOf(experiment, delta).toString()) == null;
    }

    private static ImpressionKey keyOf(ExperimentKey experiment, QuarterCount delta) {
        return new ImpressionKey(experiment, Quarters.hourOf(delta.getQuarter()), delta.getVariant());
    }

    /** A revision is what is published: what is worked off together makes one. */
    private static StoredCount plus(
            StoredCount before, List<QuarterCount> more, CountingPolicy policy, Instant touchedAt) {
        Long[] quarters = before == null
                ? new Long[] {0L, 0L, 0L, 0L}
                : before.getQuarters().toArray(Long[]::new);
        for (QuarterCount delta : more) {
            int quarter = Quarters.inHour(delta.getQuarter());
            quarters[quarter] = Math.addExact(quarters[quarter], delta.getCount());
        }
        return new StoredCount(List.of(quarters), policy, before == null ? 1 : before.getRevision() + 1, touchedAt);
    }

    private static ImpressionCount published(ImpressionKey key, StoredCount count) {
        return new ImpressionCount(
                key.experiment().project(),
                key.experiment().environment(),
                key.experiment().experiment(),
                key.variant(),
                key.hour(),
                count.getQuarters(),
                count.getQuarters().stream().reduce(0L, Math::addExact),
                count.getPolicy(),
                count.getRevision());
    }

    private void passOn(Instant moved, long now) {
        int partition = context.taskId().partition();
        toOwnPartition(new FlowMessage(new Watermark(partition, moved)), now);
        context.forward(
                ProgressReport.of(ImpressionsTopology.STAGE, partition, moved, now), ImpressionsTopology.PROGRESS);
    }

    private void toOwnPartition(FlowMessage message, long now) {
        var key = Routes.toPartition(context.taskId().partition());
        context.forward(new Record<>(key, message, now), ImpressionsTopology.TRAFFIC);
    }
}

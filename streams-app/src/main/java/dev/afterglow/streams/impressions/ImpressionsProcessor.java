package dev.afterglow.streams.impressions;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.state.StoredCount;
import dev.afterglow.state.Watermark;
import dev.afterglow.streams.flow.ProgressReport;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.flow.Routes;
import dev.afterglow.streams.flow.WatermarkTracker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds deltas to counts, publishes the whole counts, and passes the deltas on in the order in which it took them; but
 * for those of sealed hours, which become dead letters.
 */
final class ImpressionsProcessor implements Processor<String, FlowMessage, Object, Object> {

    private final int intakePartitions;
    private final Sealing sealing;
    private final SealedLetters letters = new SealedLetters();

    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, StoredCount> counts;
    private WatermarkTracker watermark;
    private Sealer sealer;
    private SealedLedger corrections;

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
        context.schedule(
                sealing.interval(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> watermark.current().ifPresent(sealer::step));
        watermark = new WatermarkTracker(context.getStateStore(ImpressionsTopology.WATERMARKS), intakePartitions);
    }

    @Override
    public void process(Record<String, FlowMessage> record) {
        var body = record.value().getBody();
        if (body instanceof ExperimentDeltas deltas) {
            add(record.key(), deltas, record.timestamp());
        } else if (body instanceof Watermark report) {
            watermark
                    .report(report.getSource(), report.getReadUpTo())
                    .ifPresent(moved -> passOn(moved, record.timestamp()));
        } else {
            toOwnPartition(record.value(), record.timestamp());
        }
    }

    private void add(String identity, ExperimentDeltas deltas, long now) {
        var experiment = new ExperimentKey(deltas.getProject(), deltas.getEnvironment(), deltas.getExperiment());
        var asOf = watermark.current();
        var touched = new LinkedHashSet<ImpressionKey>();
        var refused = new ArrayList<QuarterCount>();
        for (QuarterCount delta : deltas.getCounts()) {
            var key = new ImpressionKey(experiment, Quarters.hourOf(delta.getQuarter()), delta.getVariant());
            var before = counts.get(key.toString());
            if (before == null
                    && asOf.filter(at -> sealer.isSealed(experiment, key.hour(), at))
                            .isPresent()) {
                refused.add(delta);
            } else {
                boolean first = touched.add(key);
                counts.put(key.toString(), plus(before, delta, deltas.getPolicy(), first, asOf.orElse(null)));
            }
        }
        touched.forEach(key -> publish(key, counts.get(key.toString()), now));
        passOn(identity, refused.isEmpty() ? deltas : refuse(deltas, refused, now), now);
    }

    /** Dead letters for what sealed hours refuse; gives what is left. */
    private ExperimentDeltas refuse(ExperimentDeltas deltas, List<QuarterCount> refused, long now) {
        var position = context.recordMetadata().orElseThrow();
        var kept = new ArrayList<QuarterCount>();
        long count = 0;
        for (int i = 0; i < deltas.getCounts().size(); i++) {
            var delta = deltas.getCounts().get(i);
            if (refused.contains(delta)) {
                count = Math.addExact(count, delta.getCount());
                context.forward(letters.of(deltas, delta, i, position, now), ImpressionsTopology.DEAD_LETTERS);
            } else {
                kept.add(delta);
            }
        }
        context.forward(new Record<>(corrections.key(), corrections.refuse(count), now), ImpressionsTopology.LEDGER);
        return new ExperimentDeltas(
                deltas.getProject(), deltas.getEnvironment(), deltas.getExperiment(), deltas.getPolicy(), kept);
    }

    private void passOn(String identity, ExperimentDeltas deltas, long now) {
        if (!deltas.getCounts().isEmpty()) {
            context.forward(new Record<>(identity, new FlowMessage(deltas), now), ImpressionsTopology.TRAFFIC);
        }
    }

    /** A revision is what is published: several quarter-hours of one message make one. */
    private static StoredCount plus(
            StoredCount before, QuarterCount delta, CountingPolicy policy, boolean first, Instant touchedAt) {
        Long[] quarters = before == null
                ? new Long[] {0L, 0L, 0L, 0L}
                : before.getQuarters().toArray(Long[]::new);
        int quarter = Quarters.inHour(delta.getQuarter());
        quarters[quarter] = Math.addExact(quarters[quarter], delta.getCount());
        long revision = (before == null ? 0 : before.getRevision()) + (first ? 1 : 0);
        return new StoredCount(List.of(quarters), policy, revision, touchedAt);
    }

    private void publish(ImpressionKey key, StoredCount count, long now) {
        var value = new ImpressionCount(
                key.experiment().project(),
                key.experiment().environment(),
                key.experiment().experiment(),
                key.variant(),
                key.hour(),
                count.getQuarters(),
                count.getQuarters().stream().reduce(0L, Math::addExact),
                count.getPolicy(),
                count.getRevision());
        context.forward(new Record<>(key.toString(), value, now), ImpressionsTopology.IMPRESSIONS);
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

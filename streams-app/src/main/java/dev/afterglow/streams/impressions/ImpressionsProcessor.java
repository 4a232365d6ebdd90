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
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Adds deltas to counts, publishes the whole counts, and passes the deltas on in the order in which it took them. */
final class ImpressionsProcessor implements Processor<String, FlowMessage, String, Object> {

    private final int intakePartitions;

    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, StoredCount> counts;
    private WatermarkTracker watermark;

    ImpressionsProcessor(int intakePartitions) {
        this.intakePartitions = intakePartitions;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        counts = context.getStateStore(ImpressionsTopology.COUNTS);
        watermark = new WatermarkTracker(context.getStateStore(ImpressionsTopology.WATERMARKS), intakePartitions);
    }

    @Override
    public void process(Record<String, FlowMessage> record) {
        var body = record.value().getBody();
        if (body instanceof ExperimentDeltas deltas) {
            add(deltas, record.timestamp());
            context.forward(record.withValue(record.value()), ImpressionsTopology.TRAFFIC);
        } else if (body instanceof Watermark report) {
            watermark
                    .report(report.getSource(), report.getReadUpTo())
                    .ifPresent(moved -> passOn(moved, record.timestamp()));
        } else {
            toOwnPartition(record.value(), record.timestamp());
        }
    }

    private void add(ExperimentDeltas deltas, long now) {
        var experiment = new ExperimentKey(deltas.getProject(), deltas.getEnvironment(), deltas.getExperiment());
        var touched = new LinkedHashSet<ImpressionKey>();
        for (QuarterCount delta : deltas.getCounts()) {
            var key = new ImpressionKey(experiment, Quarters.hourOf(delta.getQuarter()), delta.getVariant());
            boolean first = touched.add(key);
            counts.put(key.toString(), plus(counts.get(key.toString()), delta, deltas.getPolicy(), first));
        }
        touched.forEach(key -> publish(key, counts.get(key.toString()), now));
    }

    /** A revision is what is published: several quarter-hours of one message make one. */
    private static StoredCount plus(StoredCount before, QuarterCount delta, CountingPolicy policy, boolean first) {
        Long[] quarters = before == null
                ? new Long[] {0L, 0L, 0L, 0L}
                : before.getQuarters().toArray(Long[]::new);
        int quarter = Quarters.inHour(delta.getQuarter());
        quarters[quarter] = Math.addExact(quarters[quarter], delta.getCount());
        long revision = (before == null ? 0 : before.getRevision()) + (first ? 1 : 0);
        return new StoredCount(List.of(quarters), policy, revision);
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

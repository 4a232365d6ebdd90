package dev.afterglow.streams.intake;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.ProjectTraffic;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.streams.flow.DeltaMessages;
import dev.afterglow.streams.flow.OverheadMessages;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.reading.VariantCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What was counted since the last commit, as it is told downstream. */
final class HandOn {

    private static final long HOUR_MILLIS = Quarters.PER_HOUR * Quarters.MILLIS;

    private final SortedMap<Integer, Share> shares = new TreeMap<>();
    private final Map<ProjectHour, Long> projects = new HashMap<>();

    private record Group(ExperimentKey experiment, CountingPolicy policy) {}

    private record ProjectHour(String project, String environment, Instant hour) {
        private static final Comparator<ProjectHour> ORDER = Comparator.comparing(ProjectHour::project)
                .thenComparing(ProjectHour::environment)
                .thenComparing(ProjectHour::hour);
    }

    /** What one partition is told. */
    private static final class Share {
        private final Map<Group, List<QuarterCount>> deltas = new LinkedHashMap<>();
        private final OverheadMessages overheads = new OverheadMessages();

        private List<QuarterCount> deltas(VariantCounts variant, CountingPolicy policy) {
            return deltas.computeIfAbsent(new Group(variant.experiment(), policy), group -> new ArrayList<>());
        }

        private List<ExperimentDeltas> messages() {
            return deltas.entrySet().stream()
                    .flatMap(entry -> DeltaMessages.of(
                            entry.getKey().experiment(), entry.getKey().policy(), entry.getValue()))
                    .toList();
        }
    }

    /** Takes the counts of a variant. */
    void take(VariantCounts variant) {
        var share = shares.computeIfAbsent(variant.partition(), partition -> new Share());
        takeDeltas(variant, share);
        takeHours(variant, share.overheads);
    }

    /**
     * Tells it: an experiment's counts before what clients spent on it, and both before the traffic of its project.
     *
     * @param toPartition takes a partition and a message for it
     * @param toAll takes a message for every partition
     */
    void send(BiConsumer<Integer, FlowMessage> toPartition, Consumer<FlowMessage> toAll) {
        shares.forEach((partition, share) -> {
            DeltaMessages.pack(share.messages(), message -> toPartition.accept(partition, message));
            OverheadMessages.pack(share.overheads.take(), message -> toPartition.accept(partition, message));
        });
        projects.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ProjectHour.ORDER))
                .map(HandOn::toMessage)
                .forEach(toAll);
    }

    private static void takeDeltas(VariantCounts variant, Share share) {
        CountingPolicy policy = null;
        List<QuarterCount> deltas = List.of();
        for (int i = 0; i < variant.size(); i++) {
            if (variant.policy(i) != policy) {
                policy = variant.policy(i);
                deltas = share.deltas(variant, policy);
            }
            deltas.add(new QuarterCount(variant.variant(), Instant.ofEpochMilli(variant.quarter(i)), variant.count(i)));
        }
    }

    private void takeHours(VariantCounts variant, OverheadMessages overheads) {
        int i = 0;
        while (i < variant.size()) {
            long hour = hourOf(variant, i);
            long count = 0;
            long micros = 0;
            long bytes = 0;
            for (; i < variant.size() && hourOf(variant, i) == hour; i++) {
                count = Math.addExact(count, variant.count(i));
                micros = OverheadMessages.sum(micros, variant.overheadMicros(i));
                bytes = OverheadMessages.sum(bytes, variant.overheadBytes(i));
            }
            var experiment = variant.experiment();
            var start = Instant.ofEpochMilli(hour);
            overheads.add(experiment, start, micros, bytes);
            projects.merge(
                    new ProjectHour(experiment.project(), experiment.environment(), start), count, Math::addExact);
        }
    }

    private static long hourOf(VariantCounts variant, int number) {
        long quarter = variant.quarter(number);
        return quarter - Math.floorMod(quarter, HOUR_MILLIS);
    }

    private static FlowMessage toMessage(Map.Entry<ProjectHour, Long> traffic) {
        var at = traffic.getKey();
        return new FlowMessage(new ProjectTraffic(at.project(), at.environment(), at.hour(), traffic.getValue()));
    }
}

package dev.afterglow.streams.flow;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentOverhead;
import dev.afterglow.state.FlowMessage;
import dev.afterglow.state.HourOverhead;
import dev.afterglow.state.OverheadBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What clients spent on experiments, by the hour: the time that evaluations added to pages, and the bytes shipped for
 * them. It goes the way of the counts, behind them, and is evidence, not a bill: a sum that does not fit a long stays at
 * its maximum.
 */
public final class OverheadMessages {

    /** So that no message grows beyond what a topic takes. */
    private static final int HOURS_PER_MESSAGE = 5_000;

    private final Map<ExperimentKey, SortedMap<Instant, HourOverhead>> byExperiment = new LinkedHashMap<>();

    /** Whose overhead it is. */
    public static ExperimentKey experimentOf(ExperimentOverhead overhead) {
        return new ExperimentKey(overhead.getProject(), overhead.getEnvironment(), overhead.getExperiment());
    }

    /**
     * Adds what was spent in an hour; nothing when it is nothing.
     *
     * @param hour start of the UTC hour
     * @param micros time added to pages, in microseconds; 0 or more
     * @param bytes shipped; 0 or more
     */
    public void add(ExperimentKey experiment, Instant hour, long micros, long bytes) {
        if (micros != 0 || bytes != 0) {
            byExperiment
                    .computeIfAbsent(experiment, key -> new TreeMap<>())
                    .merge(hour, new HourOverhead(hour, micros, bytes), OverheadMessages::plus);
        }
    }

    /** Adds what a message says. */
    public void add(OverheadBatch batch) {
        for (var overhead : batch.getOverheads()) {
            var experiment = experimentOf(overhead);
            overhead.getHours().forEach(hour -> add(experiment, hour.getHour(), hour.getMicros(), hour.getBytes()));
        }
    }

    /** Takes everything out, in the order in which experiments were first spoken of. */
    public List<ExperimentOverhead> take() {
        var taken = byExperiment.entrySet().stream()
                .map(entry -> new ExperimentOverhead(
                        entry.getKey().project(),
                        entry.getKey().environment(),
                        entry.getKey().experiment(),
                        List.copyOf(entry.getValue().values())))
                .toList();
        byExperiment.clear();
        return taken;
    }

    /** Packs what was spent on experiments of one partition. */
    public static void pack(List<ExperimentOverhead> overheads, Consumer<FlowMessage> send) {
        var open = new Batch();
        for (var overhead : overheads) {
            open.add(overhead);
            if (open.hours >= HOURS_PER_MESSAGE) {
                send.accept(open.message());
                open = new Batch();
            }
        }
        if (open.hours > 0) {
            send.accept(open.message());
        }
    }

    private static HourOverhead plus(HourOverhead one, HourOverhead other) {
        return new HourOverhead(
                one.getHour(), sum(one.getMicros(), other.getMicros()), sum(one.getBytes(), other.getBytes()));
    }

    /** Of two numbers of 0 or more; the highest long where it does not fit one. */
    public static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static final class Batch {
        private final List<ExperimentOverhead> overheads = new ArrayList<>();
        private int hours;

        void add(ExperimentOverhead overhead) {
            overheads.add(overhead);
            hours += overhead.getHours().size();
        }

        FlowMessage message() {
            return new FlowMessage(new OverheadBatch(overheads));
        }
    }
}

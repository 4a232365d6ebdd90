package dev.afterglow.streams.cleanup;

import dev.afterglow.schemas.topic.ExperimentKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a task remembers of sums of an experiment's traffic from one time on, so that who asks for them at every hour does
 * not have months of hours read each time. The experiments asked for last are remembered.
 */
final class RunningSums {

    private static final int MOST_EXPERIMENTS = 20_000;
    private static final float LOAD = 0.75f;

    private final Map<ExperimentKey, Map<Instant, Sum>> experiments = new LinkedHashMap<>(16, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ExperimentKey, Map<Instant, Sum>> eldest) {
            return size() > MOST_EXPERIMENTS;
        }
    };

    /** Adds up a stretch of traffic. */
    @FunctionalInterface
    interface Adder {

        long impressions(Instant from, Instant to);
    }

    private record Sum(Instant upTo, long impressions) {}

    /** The impressions from a time to a later one; only those that are not known yet are added up. */
    long of(ExperimentKey experiment, Instant from, Instant to, Adder adder) {
        var sums = experiments.computeIfAbsent(experiment, first -> new HashMap<>());
        var known = sums.get(from);
        if (known != null && known.upTo().equals(to)) {
            return known.impressions();
        }
        boolean goesOn = known != null && known.upTo().isBefore(to);
        long sum = goesOn
                ? Math.addExact(known.impressions(), adder.impressions(known.upTo(), to))
                : adder.impressions(from, to);
        sums.put(from, new Sum(to, sum));
        return sum;
    }

    /** Others may have gone on with the task. */
    void forget() {
        experiments.clear();
    }

    /** Takes note that the traffic of an hour has changed. */
    void changed(ExperimentKey experiment, Instant hour) {
        var sums = experiments.isEmpty() ? null : experiments.get(experiment);
        if (sums != null && sums.values().stream().anyMatch(sum -> sum.upTo().isAfter(hour))) {
            experiments.remove(experiment);
        }
    }
}

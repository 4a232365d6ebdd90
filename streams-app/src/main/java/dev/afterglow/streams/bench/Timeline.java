package dev.afterglow.streams.bench;

import java.util.ArrayList;
import java.util.List;

/** The looks at one run, in order. */
final class Timeline {

    /** Warm is what comes after the first fifth of the events. */
    private static final int WARM_AFTER = 5;

    private final List<Sample> samples = new ArrayList<>();
    private final long events;

    /** @param start before the process was started
     * @param events records of the source */
    Timeline(Sample start, long events) {
        samples.add(start);
        this.events = events;
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    Sample last() {
        return samples.get(samples.size() - 1);
    }

    /** When the last progress was seen: what comes after is waiting for more. */
    Sample end() {
        var end = samples.size() - 1;
        while (end > 0 && samples.get(end).sameProgress(samples.get(end - 1))) {
            end--;
        }
        return samples.get(end);
    }

    /** Nanoseconds since there was progress. */
    long quietNanos() {
        return last().nanos() - end().nanos();
    }

    /** From the start of the process, JVM and JIT included, to the end. */
    Measure allIn() {
        return Measure.between(samples.get(0), end());
    }

    /** From the first look that saw a fifth of the events done to the end; NaN when the whole was done by then. */
    Measure warm() {
        var end = end();
        return samples.stream()
                .filter(sample -> sample.consumed() * WARM_AFTER >= events)
                .findFirst()
                .map(from -> Measure.between(from, end))
                .orElseGet(() -> Measure.between(end, end));
    }
}

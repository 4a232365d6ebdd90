package dev.afterglow.streams.progress;

import dev.afterglow.state.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The newest progress row of each key, and what follows from them. */
final class ProgressTable {

    /** An instance that has not been heard of for so long is gone, and is not waited for. */
    static final Duration HEARD_WITHIN = Duration.ofSeconds(15);

    private final Stages stages;
    private final Map<String, Progress> rows = new HashMap<>();

    ProgressTable(Stages stages) {
        this.stages = stages;
    }

    /** Takes a row, or its deletion when it is null. */
    void put(String key, Progress row) {
        if (row == null) {
            rows.remove(key);
        } else {
            rows.put(key, row);
        }
    }

    /** Whether what arrived at an instant has passed every stage, and can be read from every instance, of which one has to be there. */
    boolean hasSettled(Instant arrival, Instant now) {
        var serving = rows.values().stream()
                .filter(Stages::isServed)
                .filter(row -> row.getAsOf().plus(HEARD_WITHIN).isAfter(now))
                .toList();
        return stages.watermark(rows.values()).filter(arrival::isBefore).isPresent()
                && !serving.isEmpty()
                && serving.stream().allMatch(row -> row.getWatermark().isAfter(arrival));
    }
}

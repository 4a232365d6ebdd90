package dev.afterglow.streams.progress;

import dev.afterglow.state.Progress;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stages whose progress counts.
 *
 * @param partitions number of partitions by name of the stage, as it stands in {@link Progress#getStage()}
 */
public record Stages(Map<String, Integer> partitions) {

    private static final String SERVED = "served/";

    /** Takes a copy. */
    public Stages {
        partitions = Map.copyOf(partitions);
    }

    /**
     * The time before which everything has passed every stage: the lowest watermark of all stages and partitions.
     *
     * @param rows newest row of each stage and partition; rows of others are ignored
     * @return empty while a stage or partition has none
     */
    public Optional<Instant> watermark(Collection<Progress> rows) {
        var byStage = new HashMap<String, Map<Integer, Instant>>();
        for (var row : rows) {
            byStage.computeIfAbsent(row.getStage(), stage -> new HashMap<>())
                    .put(row.getPartition(), row.getWatermark());
        }
        var lowest = Optional.<Instant>empty();
        for (var stage : partitions.entrySet()) {
            for (var partition = 0; partition < stage.getValue(); partition++) {
                var watermark = byStage.getOrDefault(stage.getKey(), Map.of()).get(partition);
                if (watermark == null) {
                    return Optional.empty();
                }
                lowest = lowest.filter(other -> other.isBefore(watermark)).or(() -> Optional.of(watermark));
            }
        }
        return lowest;
    }

    /** Name of the stage under which a serving instance reports. */
    static String served(String instance) {
        return SERVED + instance;
    }

    static boolean isServed(Progress row) {
        return row.getStage().startsWith(SERVED);
    }

    /** Key of a row in the progress topic. */
    static String key(String stage, int partition) {
        return stage + "/" + partition;
    }
}

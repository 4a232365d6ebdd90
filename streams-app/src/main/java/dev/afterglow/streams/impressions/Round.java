package dev.afterglow.streams.impressions;

import dev.afterglow.state.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How far the partitions of intake say they have read since the last commit. */
final class Round {

    /** What has been read up to so long ago counts as the present: to ask and to tell takes some of it. */
    private static final Duration PRESENT = Duration.ofSeconds(5);

    private final int partitions;
    private final Map<Integer, Boolean> upToDate = new HashMap<>();

    /** @param partitions of intake */
    Round(int partitions) {
        this.partitions = partitions;
    }

    void hear(Watermark report, Instant now) {
        upToDate.put(report.getSource(), !report.getReadUpTo().isBefore(now.minus(PRESENT)));
    }

    /** Whether all have spoken, and none had a backlog when it did: whatever comes next belongs to another round. */
    boolean isComplete() {
        return upToDate.size() == partitions && !upToDate.containsValue(false);
    }

    void clear() {
        upToDate.clear();
    }
}

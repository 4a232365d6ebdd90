package dev.afterglow.streams.flow;

import dev.afterglow.state.Progress;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;

/** What a stage writes to the progress topic, in the transaction of what it has done. */
public final class ProgressReport {

    private ProgressReport() {}

    /** Says that everything which arrived before the watermark has passed a partition of a stage. */
    public static Record<String, Progress> of(String stage, int partition, Instant watermark, long now) {
        var progress = new Progress(stage, partition, watermark, Instant.ofEpochMilli(now), null);
        return new Record<>(stage + '/' + partition, progress, now);
    }
}

package dev.afterglow.streams.flow;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The watermark of a stage: the minimum over the partitions upstream of the arrival time up to which they have been
 * read. It is unknown until every one of them has reported, and never goes back.
 */
public final class WatermarkTracker {

    private static final String EMITTED = "emitted";

    private final KeyValueStore<String, Long> store;
    private final int sources;

    /**
     * @param store survives a restart, so that a stage does not wait for partitions that have nothing new to say
     * @param sources number of partitions upstream, 1 or more
     */
    public WatermarkTracker(KeyValueStore<String, Long> store, int sources) {
        this.store = store;
        this.sources = sources;
    }

    /** Takes a report; gives the watermark of the stage when the report has moved it. */
    public Optional<Instant> report(int source, Instant readUpTo) {
        String key = Integer.toString(source);
        Long before = store.get(key);
        if (before != null && before >= readUpTo.toEpochMilli()) {
            return Optional.empty();
        }
        store.put(key, readUpTo.toEpochMilli());
        return minimum().filter(this::isNews).map(this::emit);
    }

    /** The watermark of the stage; empty while it is unknown. */
    public Optional<Instant> current() {
        return Optional.ofNullable(store.get(EMITTED)).map(Instant::ofEpochMilli);
    }

    private Optional<Instant> minimum() {
        long minimum = Long.MAX_VALUE;
        for (int source = 0; source < sources; source++) {
            Long reported = store.get(Integer.toString(source));
            if (reported == null) {
                return Optional.empty();
            }
            minimum = Math.min(minimum, reported);
        }
        return Optional.of(Instant.ofEpochMilli(minimum));
    }

    private boolean isNews(Instant watermark) {
        Long emitted = store.get(EMITTED);
        return emitted == null || emitted < watermark.toEpochMilli();
    }

    private Instant emit(Instant watermark) {
        store.put(EMITTED, watermark.toEpochMilli());
        return watermark;
    }
}

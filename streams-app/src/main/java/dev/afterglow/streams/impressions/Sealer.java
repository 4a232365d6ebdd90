package dev.afterglow.streams.impressions;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.state.SealedHours;
import dev.afterglow.state.StoredCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Takes counts out of the state that have long stood still, and remembers that they were there. It walks through the
 * state in small steps, round and round, and passes from the first hour of an experiment that is not old to the next
 * experiment, so that the counts in use cost nothing. After a restart it begins again.
 */
final class Sealer {

    /** What comes after every key that begins with an experiment and a slash. */
    private static final String AFTER = "0";

    private final KeyValueStore<String, StoredCount> counts;
    private final KeyValueStore<String, SealedHours> sealed;
    private final Sealing sealing;
    private String next;

    Sealer(KeyValueStore<String, StoredCount> counts, KeyValueStore<String, SealedHours> sealed, Sealing sealing) {
        this.counts = counts;
        this.sealed = sealed;
        this.sealing = sealing;
    }

    /** Whether a count that is not in the state was there once and must not begin at zero again. */
    boolean isSealed(ExperimentKey experiment, Instant hour, Instant watermark) {
        // Only hours that are old on the watermark, which never goes back, are ever sealed: most need no look-up.
        return sealing.isOld(hour, watermark) && HourRanges.contains(sealed.get(experiment.toString()), hour);
    }

    /** Goes on by a few steps. */
    void step(Instant watermark) {
        for (int steps = 0; steps < sealing.steps(); ) {
            var due = new ArrayList<ImpressionKey>();
            var unknown = new ArrayList<KeyValue<String, StoredCount>>();
            steps += 1 + look(watermark, sealing.steps() - steps, due, unknown);
            due.forEach(this::seal);
            // Written by an earlier release: its week begins now.
            unknown.forEach(entry -> counts.put(entry.key, touched(entry.value, watermark)));
            if (next == null) {
                return;
            }
        }
    }

    /** Looks at counts up to the first that is not old, and says at how many. */
    private int look(
            Instant watermark, int most, List<ImpressionKey> due, List<KeyValue<String, StoredCount>> unknown) {
        int looked = 0;
        try (KeyValueIterator<String, StoredCount> entries = counts.range(next, null)) {
            next = null;
            while (entries.hasNext()) {
                if (looked == most) {
                    next = entries.peekNextKey();
                    return looked;
                }
                var entry = entries.next();
                looked++;
                var key = ImpressionKey.parse(entry.key);
                if (!sealing.isOld(key.hour(), watermark)) {
                    next = key.experiment() + AFTER;
                    return looked;
                }
                if (entry.value.getTouchedAt() == null) {
                    unknown.add(entry);
                } else if (sealing.isUntouched(entry.value.getTouchedAt(), watermark)) {
                    due.add(key);
                }
            }
        }
        return looked;
    }

    private void seal(ImpressionKey key) {
        var experiment = key.experiment().toString();
        var before = sealed.get(experiment);
        if (!HourRanges.contains(before, key.hour())) {
            sealed.put(experiment, HourRanges.with(before, key.hour()));
        }
        counts.delete(key.toString());
    }

    private static StoredCount touched(StoredCount count, Instant watermark) {
        return new StoredCount(count.getQuarters(), count.getPolicy(), count.getRevision(), watermark);
    }
}

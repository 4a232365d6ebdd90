package dev.afterglow.streams.audit;

import dev.afterglow.contract.ImpressionCount;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.ImpressionKey;
import dev.afterglow.streams.audit.Difference.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The counts as they are published: the newest of each key. Also checks what each record says by itself, and that the
 * revisions of a key follow one another.
 *
 * <p>Compaction hides no gap: what it has gone over holds only the newest record of a key, and everything behind is
 * complete. So of two records of a key that can be read one after the other, none can be missing between; only what came
 * before the first may be gone.
 */
final class PublishedCounts {

    private final Map<String, ImpressionCount> newest = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();

    /** The next record in order of offsets of its partition; {@code null} for a deletion. */
    void read(String key, ImpressionCount count) {
        if (count == null) {
            newest.remove(key);
            return;
        }
        var before = newest.put(key, count);
        if (before != null && count.getRevision() != before.getRevision() + 1) {
            differences.add(new Difference(
                    Kind.REVISION,
                    key,
                    "revision " + (before.getRevision() + 1) + " to come",
                    "revision " + count.getRevision()));
        }
        check(key, count);
    }

    /** Keys of all counts. */
    Set<String> keys() {
        return newest.keySet();
    }

    /** The newest count of a key; null when there is none. */
    ImpressionCount of(String key) {
        return newest.get(key);
    }

    /** What was wrong with the records by themselves. */
    List<Difference> differences() {
        return differences;
    }

    /** What a count is of, by its fields. */
    static Cell cellOf(ImpressionCount count) {
        var experiment = new ExperimentKey(count.getProject(), count.getEnvironment(), count.getExperiment());
        return new Cell(new ImpressionKey(experiment, count.getHour(), count.getVariant()), count.getPolicy());
    }

    private void check(String key, ImpressionCount count) {
        long sum = count.getQuarters().stream().reduce(0L, Math::addExact);
        if (sum != count.getCount() || count.getQuarters().size() != 4) {
            differences.add(new Difference(
                    Kind.RECORD,
                    key,
                    "four quarter-hours that make " + count.getCount(),
                    count.getQuarters().toString()));
        }
        var fields = nameByFields(count);
        if (!fields.equals(key)) {
            differences.add(new Difference(Kind.RECORD, key, "a key like its fields", fields));
        }
    }

    private static String nameByFields(ImpressionCount count) {
        try {
            return cellOf(count).key().toString();
        } catch (IllegalArgumentException e) {
            return "fields of which none can be made: " + e.getMessage();
        }
    }
}

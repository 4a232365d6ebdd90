package dev.afterglow.streams.cleanup;

import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.schemas.topic.UtcHour;
import dev.afterglow.state.HourTraffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/** The traffic of every experiment by the hour, and that of every project of which it is a part. */
final class TrafficBook {

    private static final StringSerializer STRINGS = new StringSerializer();

    /** Hours begin with digits. */
    private static final char AFTER_ALL_HOURS = ':';

    private final KeyValueStore<String, HourTraffic> hours;
    private final KeyValueStore<String, Long> projectHours;

    TrafficBook(KeyValueStore<String, HourTraffic> hours, KeyValueStore<String, Long> projectHours) {
        this.hours = hours;
        this.projectHours = projectHours;
    }

    /** The traffic in an hour; null when there was none. */
    HourTraffic hour(ExperimentKey experiment, Instant hour) {
        return hours.get(key(experiment, hour));
    }

    void put(ExperimentKey experiment, Instant hour, HourTraffic traffic) {
        hours.put(key(experiment, hour), traffic);
    }

    /** The traffic of an experiment in the hours from one to before another. */
    SortedMap<Instant, HourTraffic> between(ExperimentKey experiment, Instant from, Instant to) {
        var found = new TreeMap<Instant, HourTraffic>();
        if (from.isBefore(to)) {
            try (var rows = hours.range(key(experiment, from), key(experiment, to.minusMillis(1)))) {
                rows.forEachRemaining(row -> found.put(hourOf(row.key), row.value));
            }
        }
        return found;
    }

    /**
     * The first hour of an experiment, from the newest before an instant backwards, of which something holds. Most often
     * that is the very first one looked at, however long the experiment has been there.
     */
    Optional<Map.Entry<Instant, HourTraffic>> newest(
            ExperimentKey experiment, Instant before, BiPredicate<Instant, HourTraffic> condition) {
        try (var rows = hours.reverseRange(key(experiment, Instant.EPOCH), key(experiment, before.minusMillis(1)))) {
            while (rows.hasNext()) {
                var row = rows.next();
                var hour = hourOf(row.key);
                if (condition.test(hour, row.value)) {
                    return Optional.of(Map.entry(hour, row.value));
                }
            }
            return Optional.empty();
        }
    }

    /** All traffic of an experiment. */
    SortedMap<Instant, HourTraffic> all(ExperimentKey experiment) {
        var found = new TreeMap<Instant, HourTraffic>();
        try (var rows = hours.prefixScan(experiment + "/", STRINGS)) {
            rows.forEachRemaining(row -> found.put(hourOf(row.key), row.value));
        }
        return found;
    }

    /** Every experiment of a project that has traffic. */
    List<ExperimentKey> experimentsOf(String project) {
        var found = new ArrayList<ExperimentKey>();
        try (var rows = hours.prefixScan(project + "/", STRINGS)) {
            rows.forEachRemaining(row -> {
                var experiment = ExperimentKey.parse(row.key.substring(0, row.key.lastIndexOf('/')));
                if (found.isEmpty() || !found.get(found.size() - 1).equals(experiment)) {
                    found.add(experiment);
                }
            });
        }
        return found;
    }

    void addToProject(String project, String environment, Instant hour, long count) {
        var key = project + '/' + environment + '/' + UtcHour.format(hour);
        Long before = projectHours.get(key);
        projectHours.put(key, before == null ? count : Math.addExact(before, count));
    }

    /** An hour in which a project had traffic. */
    @FunctionalInterface
    interface ProjectHours {

        void take(String project, Instant hour, long count);
    }

    /** The hours of all projects and environments from one to before another. */
    void forEachProjectHour(Instant from, Instant to, ProjectHours action) {
        var after = "";
        while (true) {
            var prefix = firstEnvironment(after);
            if (prefix.isEmpty()) {
                return;
            }
            var project = prefix.get().substring(0, prefix.get().indexOf('/'));
            try (var rows = projectHours.range(prefix.get() + from, prefix.get() + to.minusMillis(1))) {
                rows.forEachRemaining(row -> action.take(project, hourOf(row.key), row.value));
            }
            after = prefix.get() + AFTER_ALL_HOURS;
        }
    }

    /** The beginning of the keys of the first project and environment behind a key. */
    private Optional<String> firstEnvironment(String after) {
        try (var rows = projectHours.range(after, null)) {
            return rows.hasNext()
                    ? Optional.of(rows.peekNextKey()).map(key -> key.substring(0, key.lastIndexOf('/') + 1))
                    : Optional.empty();
        }
    }

    /** End of the newest hour before an instant in which a project and environment had traffic; 1970 for none. */
    Instant projectHeardUntil(String project, String environment, Instant before) {
        var prefix = project + '/' + environment + '/';
        try (var rows = projectHours.reverseRange(prefix + Instant.EPOCH, prefix + before.minusMillis(1))) {
            return rows.hasNext() ? hourOf(rows.next().key).plus(Duration.ofHours(1)) : Instant.EPOCH;
        }
    }

    /** Impressions of a project and environment in the hours from one to before another. */
    long projectSum(String project, String environment, Instant from, Instant to) {
        return projectBetween(project, environment, from, to).values().stream().reduce(0L, Math::addExact);
    }

    /** Impressions of the whole project and environment in the hours from one to before another, and since when. */
    SortedMap<Instant, Long> projectBetween(ExperimentKey experiment, Instant from, Instant to) {
        return projectBetween(experiment.project(), experiment.environment(), from, to);
    }

    private SortedMap<Instant, Long> projectBetween(String project, String environment, Instant from, Instant to) {
        var found = new TreeMap<Instant, Long>();
        var prefix = project + '/' + environment + '/';
        try (var rows = projectHours.range(prefix + from, prefix + to.minus(Duration.ofMillis(1)))) {
            rows.forEachRemaining(row -> found.put(hourOf(row.key), row.value));
        }
        return found;
    }

    private static String key(ExperimentKey experiment, Instant hour) {
        return experiment + "/" + UtcHour.format(hour);
    }

    private static Instant hourOf(String key) {
        return UtcHour.parse(key.substring(key.lastIndexOf('/') + 1));
    }
}

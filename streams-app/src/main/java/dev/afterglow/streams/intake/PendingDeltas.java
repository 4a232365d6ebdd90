package dev.afterglow.streams.intake;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.QuarterCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Impressions counted and not handed on yet. They live in a logged store: what was added is committed together with
 * the offsets of the events, whenever that happens to be, and is handed on after a crash.
 */
final class PendingDeltas {

    private static final int COUNTS_PER_MESSAGE = 1_000;

    private final KeyValueStore<String, Long> store;

    PendingDeltas(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    void add(ExperimentKey experiment, CountingPolicy policy, String variant, Instant quarter, long count) {
        String key = experiment + "/" + policy + '/' + quarter.toEpochMilli() + '/' + ExperimentKey.encode(variant);
        Long before = store.get(key);
        store.put(key, before == null ? count : Math.addExact(before, count));
    }

    /** Takes everything out: messages per experiment and policy, in the order of their keys. */
    List<ExperimentDeltas> drain() {
        var byExperiment = new TreeMap<String, Group>();
        var keys = new ArrayList<String>();
        try (var all = store.all()) {
            all.forEachRemaining(entry -> {
                keys.add(entry.key);
                String[] parts = entry.key.split("/", -1);
                byExperiment
                        .computeIfAbsent(groupOf(parts), group -> Group.of(parts))
                        .add(parts, entry.value);
            });
        }
        keys.forEach(store::delete);
        return byExperiment.values().stream().flatMap(Group::toMessages).toList();
    }

    private static String groupOf(String[] parts) {
        return String.join("/", parts[0], parts[1], parts[2], parts[3]);
    }

    private record Group(ExperimentKey experiment, CountingPolicy policy, Map<String, QuarterCount> counts) {

        static Group of(String[] parts) {
            return new Group(
                    new ExperimentKey(parts[0], parts[1], ExperimentKey.decode(parts[2])),
                    CountingPolicy.valueOf(parts[3]),
                    new TreeMap<>());
        }

        void add(String[] parts, long count) {
            var quarter = Instant.ofEpochMilli(Long.parseLong(parts[4]));
            counts.put(parts[4] + '/' + parts[5], new QuarterCount(ExperimentKey.decode(parts[5]), quarter, count));
        }

        /** Several when there are many counts, so that no message grows beyond what a topic takes. */
        Stream<ExperimentDeltas> toMessages() {
            var all = List.copyOf(counts.values());
            return IntStream.iterate(0, from -> from < all.size(), from -> from + COUNTS_PER_MESSAGE)
                    .mapToObj(from -> all.subList(from, Math.min(from + COUNTS_PER_MESSAGE, all.size())))
                    .map(part -> new ExperimentDeltas(
                            experiment.project(), experiment.environment(), experiment.experiment(), policy, part));
        }
    }
}

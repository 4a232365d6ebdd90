package dev.afterglow.alerts.whatif;

import dev.afterglow.contract.CleanupKind;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An alert that a changed policy changes.
 *
 * @param change what becomes of it
 * @param experiment {@code project/environment/experiment}
 * @param kind its kind
 * @param team owner team; null where there is none
 * @param inForce the alert under the policies in force; null when there is none
 * @param changed the alert under the changed policy; null when there is none
 */
public record Difference(
        Change change, String experiment, CleanupKind kind, String team, Episode inForce, Episode changed) {

    /**
     * What is not the same on two sides. Alerts of one kind and run are the same alert where they are open at the same
     * time, however many there were before: their numbers need not agree.
     */
    static List<Difference> between(ExperimentKey key, List<Episode> inForce, List<Episode> changed) {
        var left = bySeries(inForce);
        var right = bySeries(changed);
        var series = new LinkedHashSet<>(left.keySet());
        series.addAll(right.keySet());
        var differences = new ArrayList<Difference>();
        for (var one : series) {
            pair(key, left.getOrDefault(one, List.of()), right.getOrDefault(one, List.of()), differences);
        }
        return differences;
    }

    private static void pair(
            ExperimentKey key, List<Episode> inForce, List<Episode> changed, List<Difference> differences) {
        int left = 0;
        int right = 0;
        while (left < inForce.size() && right < changed.size()) {
            var old = inForce.get(left);
            var next = changed.get(right);
            if (old.meets(next)) {
                Change.of(old, next).ifPresent(change -> differences.add(of(change, key, old, next)));
                left++;
                right++;
            } else if (old.openedAt().isBefore(next.openedAt())) {
                differences.add(of(Change.GONE, key, old, null));
                left++;
            } else {
                differences.add(of(Change.NEW, key, null, next));
                right++;
            }
        }
        inForce.subList(left, inForce.size()).forEach(old -> differences.add(of(Change.GONE, key, old, null)));
        changed.subList(right, changed.size()).forEach(next -> differences.add(of(Change.NEW, key, null, next)));
    }

    private static Difference of(Change change, ExperimentKey key, Episode inForce, Episode changed) {
        var newest = changed == null ? inForce : changed;
        return new Difference(change, key.toString(), newest.kind(), newest.team(), inForce, changed);
    }

    private static Map<List<String>, List<Episode>> bySeries(List<Episode> episodes) {
        return episodes.stream()
                .collect(Collectors.groupingBy(
                        episode -> List.of(episode.kind().name(), String.valueOf(episode.run())),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }
}

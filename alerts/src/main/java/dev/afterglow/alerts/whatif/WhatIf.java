package dev.afterglow.alerts.whatif;

import dev.afterglow.alerts.cleanup.CaseHistory;
import dev.afterglow.alerts.cleanup.CaseReplay;
import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.policy.PolicyVersion;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.ProjectPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Replays one case after the other under two policies and keeps what differs. Of a case nothing is kept but its sums and
 * its differences, and of these no more than asked for. For one thread.
 */
public final class WhatIf {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Instant until;
    private final int most;
    private final SortedMap<String, Tally.Pair> byKind = new TreeMap<>();
    private final SortedMap<String, Tally.Pair> byTeam = new TreeMap<>();
    private final SortedMap<Change, Long> changes = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private Tally.Pair total = Tally.Pair.NONE;
    private Instant from;
    private long experiments;

    /**
     * @param until the last instant that is judged, UTC
     * @param most how many differences are kept; the sums are of all
     */
    public WhatIf(Instant until, int most) {
        this.until = until;
        this.most = most;
    }

    /** A policy as if it had been in force all along, whatever it says of its time. */
    public static PolicyHistory allAlong(ProjectPolicy policy) {
        var always =
                ProjectPolicy.newBuilder(policy).setEffectiveFrom(Instant.EPOCH).build();
        return PolicyHistory.of(policy.getProject(), List.of(new PolicyVersion(always, Instant.EPOCH)));
    }

    /** Replays one more case. */
    public void add(CaseHistory history, PolicyHistory inForce, PolicyHistory changed) {
        experiments++;
        if (!history.hourEnds().isEmpty()) {
            var start = UtcGrid.floorHour(history.hourEnds().first().minus(HOUR));
            from = from == null || start.isBefore(from) ? start : from;
        }
        var left = Episode.of(CaseReplay.messages(history, inForce, until));
        var right = Episode.of(CaseReplay.messages(history, changed, until));
        total = total.plus(new Tally.Pair(Tally.of(left), Tally.of(right)));
        tally(byKind, left, right, episode -> episode.kind().name());
        tally(byTeam, left, right, episode -> episode.team() == null ? "" : episode.team());
        for (var difference : Difference.between(history.key(), left, right)) {
            changes.merge(difference.change(), 1L, Long::sum);
            if (differences.size() < most) {
                differences.add(difference);
            }
        }
    }

    /**
     * What came of all of them.
     *
     * @param notes what to bear in mind, a sentence each
     */
    public Answer answer(List<String> notes) {
        long all = changes.values().stream().mapToLong(Long::longValue).sum();
        return new Answer(
                from,
                UtcGrid.floorHour(until),
                experiments,
                List.copyOf(notes),
                total,
                byKind,
                byTeam,
                changes,
                differences.stream()
                        .sorted(Comparator.comparing(Difference::change))
                        .toList(),
                all - differences.size());
    }

    private static void tally(
            SortedMap<String, Tally.Pair> sums,
            List<Episode> inForce,
            List<Episode> changed,
            Function<Episode, String> group) {
        var left = inForce.stream().collect(Collectors.groupingBy(group));
        var right = changed.stream().collect(Collectors.groupingBy(group));
        Stream.concat(left.keySet().stream(), right.keySet().stream())
                .distinct()
                .forEach(name -> sums.merge(
                        name,
                        new Tally.Pair(
                                Tally.of(left.getOrDefault(name, List.of())),
                                Tally.of(right.getOrDefault(name, List.of()))),
                        Tally.Pair::plus));
    }
}

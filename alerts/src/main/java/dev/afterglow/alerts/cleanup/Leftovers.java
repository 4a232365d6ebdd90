package dev.afterglow.alerts.cleanup;

import dev.afterglow.alerts.policy.PolicyHistory;
import dev.afterglow.alerts.time.UtcGrid;
import dev.afterglow.contract.ProjectPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which traffic of an experiment is leftover traffic for the bill. */
final class Leftovers {

    private static final int QUARTERS_PER_HOUR = 4;

    private Leftovers() {}

    static List<Interval> intervals(Definitions definitions, PolicyHistory policies) {
        var intervals = new ArrayList<Interval>();
        for (var phase : definitions.phases()) {
            var start = phase.start();
            while (start != null) {
                var change = policies.nextChangeAfter(start).orElse(null);
                var end = earlier(change, phase.end());
                add(intervals, definitions, phase, policies.inForceAt(start), new Interval(start, end));
                start = end == null || end.equals(phase.end()) ? null : end;
            }
        }
        return List.copyOf(intervals);
    }

    static int quarters(Instant hour, List<Interval> intervals) {
        var bits = 0;
        for (var quarter = 0; quarter < QUARTERS_PER_HOUR; quarter++) {
            var start = hour.plus(UtcGrid.QUARTER.multipliedBy(quarter));
            var end = start.plus(UtcGrid.QUARTER);
            if (intervals.stream().anyMatch(interval -> interval.contains(start, end))) {
                bits |= 1 << quarter;
            }
        }
        return bits;
    }

    /** The part of a piece of time, with one definition and one policy in force, that is leftover time. */
    private static void add(
            List<Interval> intervals, Definitions definitions, Phase phase, ProjectPolicy policy, Interval piece) {
        if (Exemption.of(phase.definition(), policy) != Exemption.NONE) {
            return;
        }
        if (phase.allocation().isFull()) {
            append(intervals, piece);
        } else if (phase.retired()) {
            var since = definitions.since(phase.start(), Phase::retired).orElseThrow();
            var graceEnd = since.plus(Duration.ofMinutes(policy.getPropagationGraceMinutes()));
            var start = graceEnd.isAfter(piece.start()) ? graceEnd : piece.start();
            if (piece.end() == null || start.isBefore(piece.end())) {
                append(intervals, new Interval(start, piece.end()));
            }
        }
    }

    /** Pieces that touch become one, so that a quarter-hour across the seam is leftover as a whole. */
    private static void append(List<Interval> intervals, Interval next) {
        var last = intervals.isEmpty() ? null : intervals.get(intervals.size() - 1);
        if (last != null && next.start().equals(last.end())) {
            intervals.set(intervals.size() - 1, new Interval(last.start(), next.end()));
        } else {
            intervals.add(next);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}

package dev.afterglow.alerts.whatif;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * What a changed policy would have raised.
 *
 * @param from start of the first UTC hour of which a count is kept; null when none is
 * @param to end of the last UTC hour whose counts were looked at
 * @param experiments how many were replayed
 * @param notes what to bear in mind when reading it, a sentence each
 * @param total all alerts
 * @param byKind those of each kind, by its name
 * @param byTeam those of each owner team; of those without one under the empty name
 * @param changes how many alerts change in which way
 * @param differences the alerts that change, those of one change together, in the order of experiments
 * @param leftOut how many more there are
 */
public record Answer(
        Instant from,
        Instant to,
        long experiments,
        List<String> notes,
        Tally.Pair total,
        SortedMap<String, Tally.Pair> byKind,
        SortedMap<String, Tally.Pair> byTeam,
        SortedMap<Change, Long> changes,
        List<Difference> differences,
        long leftOut) {}

package dev.afterglow.streams.intake;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.reading.CellKey;
import dev.afterglow.streams.reading.CountCell;
import dev.afterglow.streams.reading.CountCells;
import dev.afterglow.streams.reading.EventView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Impressions counted since the last commit. They live on the heap: each commit hands them on. */
final class PendingDeltas {

    private static final int COUNTS_PER_MESSAGE = 1_000;

    /** Of the experiments that are busy at a time; the others cost a new object per commit. */
    private static final int CELLS_KEPT = 65_536;

    private final CountCells cells = new CountCells(CELLS_KEPT);

    private record Group(ExperimentKey experiment, CountingPolicy policy) {

        static Group of(CellKey key) {
            return new Group(key.experiment(), key.policy());
        }
    }

    void add(EventView event, CountingPolicy policy, long count) {
        long quarter = event.occurredAt() - Math.floorMod(event.occurredAt(), Quarters.MILLIS);
        cells.cellOf(event, quarter, policy).add(count);
    }

    /** Takes everything out: messages per experiment and policy, in the order in which they were first counted. */
    List<ExperimentDeltas> drain() {
        var groups = new LinkedHashMap<Group, List<QuarterCount>>();
        cells.forEach(cell -> groups.computeIfAbsent(Group.of(cell.key()), group -> new ArrayList<>())
                .add(toCount(cell)));
        cells.clear();
        return groups.entrySet().stream().flatMap(PendingDeltas::toMessages).toList();
    }

    private static QuarterCount toCount(CountCell cell) {
        return new QuarterCount(cell.key().variant(), cell.key().quarter(), cell.count());
    }

    /** Several when there are many counts, so that no message grows beyond what a topic takes. */
    private static Stream<ExperimentDeltas> toMessages(Map.Entry<Group, List<QuarterCount>> entry) {
        var experiment = entry.getKey().experiment();
        var all = entry.getValue();
        return IntStream.iterate(0, from -> from < all.size(), from -> from + COUNTS_PER_MESSAGE)
                .mapToObj(from -> all.subList(from, Math.min(from + COUNTS_PER_MESSAGE, all.size())))
                .map(part -> new ExperimentDeltas(
                        experiment.project(),
                        experiment.environment(),
                        experiment.experiment(),
                        entry.getKey().policy(),
                        part));
    }
}

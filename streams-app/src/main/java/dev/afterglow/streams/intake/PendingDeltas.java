package dev.afterglow.streams.intake;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.streams.flow.DeltaMessages;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.reading.CellKey;
import dev.afterglow.streams.reading.CountCell;
import dev.afterglow.streams.reading.CountCells;
import dev.afterglow.streams.reading.EventView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Impressions counted since the last commit. They live on the heap: each commit hands them on. */
final class PendingDeltas {

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

    /** How many counts have changed. */
    int size() {
        return cells.size();
    }

    /** Takes everything out: messages per experiment and policy, in the order in which they were first counted. */
    List<ExperimentDeltas> drain() {
        var groups = new LinkedHashMap<Group, List<QuarterCount>>();
        cells.forEach(cell -> groups.computeIfAbsent(Group.of(cell.key()), group -> new ArrayList<>())
                .add(toCount(cell)));
        cells.clear();
        return groups.entrySet().stream()
                .flatMap(group -> DeltaMessages.of(
                        group.getKey().experiment(), group.getKey().policy(), group.getValue()))
                .toList();
    }

    private static QuarterCount toCount(CountCell cell) {
        return new QuarterCount(cell.key().variant(), cell.key().quarter(), cell.count());
    }
}

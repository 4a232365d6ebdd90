package dev.afterglow.streams.intake;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import dev.afterglow.state.ExperimentDeltas;
import dev.afterglow.state.ExperimentOverhead;
import dev.afterglow.state.QuarterCount;
import dev.afterglow.streams.flow.DeltaMessages;
import dev.afterglow.streams.flow.OverheadMessages;
import dev.afterglow.streams.flow.Quarters;
import dev.afterglow.streams.reading.CellKey;
import dev.afterglow.streams.reading.CountCells;
import dev.afterglow.streams.reading.EventView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Impressions counted since the last commit. They live on the heap: each commit hands them on. */
final class PendingDeltas {

    /** Of the experiments that are busy at a time; the others cost a new object per commit. */
    private static final int CELLS_KEPT = 65_536;

    /** More than ten minutes or a gibibyte for one evaluation is a fault of the client, and no evidence; it counts all the same. */
    private static final long MOST_MICROS = 600_000_000L;

    private static final long MOST_BYTES = 1L << 30;

    private final CountCells cells = new CountCells(CELLS_KEPT);

    private record Group(ExperimentKey experiment, CountingPolicy policy) {

        static Group of(CellKey key) {
            return new Group(key.experiment(), key.policy());
        }
    }

    void add(EventView event, CountingPolicy policy, long count) {
        long quarter = event.occurredAt() - Math.floorMod(event.occurredAt(), Quarters.MILLIS);
        var cell = cells.cellOf(event, quarter, policy);
        cell.add(count);
        cell.spend(
                count * plausible(event.overheadMicros(), MOST_MICROS),
                count * plausible(event.overheadBytes(), MOST_BYTES));
    }

    private static long plausible(long measured, long most) {
        return measured < 0 || measured > most ? 0 : measured;
    }

    /** How many counts have changed. */
    int size() {
        return cells.size();
    }

    /** What clients spent on what was counted; to be asked before it is taken out. */
    List<ExperimentOverhead> overheads() {
        var overheads = new OverheadMessages();
        cells.forEach(cell -> {
            var key = cell.key();
            overheads.add(
                    key.experiment(), Quarters.hourOf(key.quarter()), cell.overheadMicros(), cell.overheadBytes());
        });
        return overheads.take();
    }

    /** Takes everything out: messages per experiment and policy, in the order in which they were first counted. */
    List<ExperimentDeltas> drain() {
        var groups = new LinkedHashMap<Group, List<QuarterCount>>();
        cells.forEach(cell -> {
            var key = cell.key();
            groups.computeIfAbsent(Group.of(key), group -> new ArrayList<>())
                    .add(new QuarterCount(key.variant(), key.quarter(), cell.count()));
        });
        cells.clear();
        return groups.entrySet().stream()
                .flatMap(group -> DeltaMessages.of(
                        group.getKey().experiment(), group.getKey().policy(), group.getValue()))
                .toList();
    }
}

package dev.afterglow.streams.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Recounted impressions by cell and quarter-hour: those that the pipeline has settled, and those that have arrived since,
 * which may or may not be published yet.
 */
final class CountSheet {

    private static final int QUARTERS = 4;
    private static final long[] NOTHING = new long[QUARTERS];

    private final Map<Cell, long[]> settled = new HashMap<>();
    private final Map<Cell, long[]> recent = new HashMap<>();

    /** @param quarter of the hour, 0 to 3 */
    void add(Cell cell, int quarter, long impressions, boolean isSettled) {
        var counts = (isSettled ? settled : recent).computeIfAbsent(cell, added -> new long[QUARTERS]);
        counts[quarter] = Math.addExact(counts[quarter], impressions);
    }

    /** Cells in which impressions have settled. */
    Set<Cell> settledCells() {
        return settled.keySet();
    }

    /** The least that has to be published of a cell, by quarter-hour. */
    long[] least(Cell cell) {
        return settled.getOrDefault(cell, NOTHING).clone();
    }

    /** The most that may be published of a cell, by quarter-hour. */
    long[] most(Cell cell) {
        var most = least(cell);
        var more = recent.getOrDefault(cell, NOTHING);
        Arrays.setAll(most, quarter -> Math.addExact(most[quarter], more[quarter]));
        return most;
    }

    /** Whether impressions of a cell have arrived since. */
    boolean moves(Cell cell) {
        return recent.containsKey(cell);
    }
}

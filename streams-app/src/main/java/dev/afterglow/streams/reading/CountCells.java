package dev.afterglow.streams.reading;

import dev.afterglow.contract.CountingPolicy;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The counts of one task since they were last handed on: a cell for each experiment, variant, quarter-hour and policy,
 * found by the bytes of the event. Cells are kept when the counts are cleared, so that nothing is allocated for an
 * experiment that goes on. For one thread.
 */
public final class CountCells {
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;
    private static final int FIRST_SLOTS = 1024;

    private final Fingerprint fingerprint = new Fingerprint();
    private final Names names;
    private final int kept;
    private CountCell[] slots = new CountCell[FIRST_SLOTS];
    private CountCell[] inUse = new CountCell[FIRST_SLOTS / 2];
    private int known;
    private int used;

    /** @param kept how many cells at most outlast {@link #clear()}; some 70 bytes each, and as many names of some 200 bytes */
    public CountCells(int kept) {
        this.kept = kept;
        names = new Names(fingerprint, kept);
    }

    /**
     * The cell of an event, made when there is none yet; from now on in use.
     *
     * @param event whose project, environment, experiment and variant are present and valid
     * @param quarterStart of the quarter-hour in which it is counted, milliseconds since 1970 UTC
     * @param policy under which it is counted
     */
    public CountCell cellOf(EventView event, long quarterStart, CountingPolicy policy) {
        long name = fingerprint.nameOf(event);
        long hash = hash(name, quarterStart, policy);
        int slot = slotOf(hash);
        CountCell cell = slots[slot];
        while (cell != null && !(cell.hash() == hash && cell.isOf(event, quarterStart, policy))) {
            slot = slot + 1 & slots.length - 1;
            cell = slots[slot];
        }
        if (cell == null) {
            cell = new CountCell(hash, names.of(event), quarterStart, policy);
            slots[slot] = cell;
            known++;
            if (2 * known > slots.length) {
                rebuild(2 * slots.length, false);
            }
        }
        if (cell.use()) {
            if (used == inUse.length) {
                inUse = Arrays.copyOf(inUse, 2 * used);
            }
            inUse[used++] = cell;
        }
        return cell;
    }

    /** How many cells are in use: what {@link #forEach} goes through. */
    public int size() {
        return used;
    }

    /** Goes through the cells in use, in the order of their first event since {@link #clear()}. */
    public void forEach(Consumer<CountCell> action) {
        for (int i = 0; i < used; i++) {
            action.accept(inUse[i]);
        }
    }

    /** Sets all counts to zero; no cell is in use any more. */
    public void clear() {
        if (known > kept) {
            // Those of past quarter-hours go first: none of them was in use.
            boolean usedOnly = used <= kept;
            known = usedOnly ? used : 0;
            rebuild(slotsFor(known), usedOnly);
        }
        for (int i = 0; i < used; i++) {
            inUse[i].reset();
        }
        if (inUse.length > 2 * Math.max(kept, FIRST_SLOTS)) {
            inUse = new CountCell[FIRST_SLOTS / 2];
        } else {
            Arrays.fill(inUse, 0, used, null);
        }
        used = 0;
    }

    private void rebuild(int newLength, boolean usedOnly) {
        CountCell[] old = slots;
        int expected = known;
        slots = new CountCell[newLength];
        if (expected == 0) {
            return;
        }
        for (CountCell cell : old) {
            if (cell != null && (!usedOnly || cell.isUsed())) {
                int slot = slotOf(cell.hash());
                while (slots[slot] != null) {
                    slot = slot + 1 & newLength - 1;
                }
                slots[slot] = cell;
            }
        }
    }

    private static int slotsFor(int cells) {
        return Math.max(FIRST_SLOTS, Integer.highestOneBit(Math.max(1, cells)) << 2);
    }

    /** Quarter-hours and policies are few and near each other: the multiplication spreads them over all bits. */
    private static long hash(long name, long quarterStart, CountingPolicy policy) {
        long mixed = (name ^ quarterStart + policy.ordinal()) * GOLDEN;
        return mixed ^ mixed >>> 32;
    }

    private int slotOf(long hash) {
        return (int) hash & slots.length - 1;
    }
}

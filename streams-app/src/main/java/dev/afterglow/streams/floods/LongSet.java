package dev.afterglow.streams.floods;

import java.util.Arrays;

/** A set of 64-bit hashes in one array, without an object for each. Open addressing, at most two thirds full. */
final class LongSet {

    private static final int SMALLEST = 8;

    private long[] slots = new long[SMALLEST];
    private boolean hasZero;
    private int used;

    boolean contains(long hash) {
        return hash == 0 ? hasZero : slots[slotOf(hash)] == hash;
    }

    /** False when it was there. */
    boolean add(long hash) {
        if (hash == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        int slot = slotOf(hash);
        if (slots[slot] == hash) {
            return false;
        }
        slots[slot] = hash;
        used++;
        if (used * 3L > slots.length * 2L) {
            grow();
        }
        return true;
    }

    int size() {
        return used + (hasZero ? 1 : 0);
    }

    void clear() {
        slots = new long[SMALLEST];
        hasZero = false;
        used = 0;
    }

    /** In no order that means anything, but the same for the same elements. */
    long[] toArray() {
        var all = new long[size()];
        int at = hasZero ? 1 : 0;
        for (long hash : slots) {
            if (hash != 0) {
                all[at++] = hash;
            }
        }
        Arrays.sort(all);
        return all;
    }

    private int slotOf(long hash) {
        int mask = slots.length - 1;
        // Callers' hashes are good in all bits, but a set of sequential test values should do as well.
        int slot = (int) ((hash * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        var before = slots;
        slots = new long[before.length * 2];
        for (long hash : before) {
            if (hash != 0) {
                slots[slotOf(hash)] = hash;
            }
        }
    }
}

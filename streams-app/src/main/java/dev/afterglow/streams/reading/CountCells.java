package dev.afterglow.streams.reading;

import dev.afterglow.contract.CountingPolicy;
import dev.afterglow.schemas.topic.ExperimentKey;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The counts of one task since they were last handed on: one for each experiment, variant, quarter-hour and policy. A
 * variant is found by the bytes of the event, and known on when the counts are cleared, so that nothing is allocated for
 * one that goes on. For one thread.
 */
public final class CountCells {
    private static final int FIRST_SLOTS = 1024;
    private static final int TEXTS_KEPT = 256;

    private final Fingerprint fingerprint = new Fingerprint();
    private final TextCache<String> projects = new TextCache<>(TextField.PROJECT, TEXTS_KEPT, Function.identity());
    private final TextCache<String> environments =
            new TextCache<>(TextField.ENVIRONMENT, TEXTS_KEPT, Function.identity());
    private final TextCache<String> variants = new TextCache<>(TextField.VARIANT, TEXTS_KEPT, Function.identity());
    private final int kept;
    private final ToIntFunction<ExperimentKey> partitionOf;
    private VariantCounts[] slots = new VariantCounts[FIRST_SLOTS];
    private long[] hashes = new long[FIRST_SLOTS];
    private VariantCounts[] inUse = new VariantCounts[FIRST_SLOTS / 2];
    private int known;
    private int used;
    private int cells;

    /**
     * @param kept how many variants at most outlast {@link #clear()}; some 400 bytes each
     * @param partitionOf to which partition an experiment belongs downstream; asked when a variant is new
     */
    public CountCells(int kept, ToIntFunction<ExperimentKey> partitionOf) {
        this.kept = kept;
        this.partitionOf = partitionOf;
    }

    /**
     * Adds impressions to the count of the quarter-hour in which an event happened, and what clients spent on them; what
     * was spent stays at the highest long where it does not fit one, since it is a measurement.
     *
     * @param event whose project, environment, experiment and variant are present and valid
     * @param policy under which they are counted
     * @param impressions how many
     * @param micros added to pages, in microseconds; 0 or more
     * @param bytes shipped; 0 or more
     * @throws ArithmeticException when a count does not fit a long
     */
    public void add(EventView event, CountingPolicy policy, long impressions, long micros, long bytes) {
        var counts = countsOf(event);
        boolean isFirst = counts.size() == 0;
        if (counts.add(event.occurredAt(), policy, impressions, micros, bytes)) {
            cells++;
        }
        if (isFirst) {
            if (used == inUse.length) {
                inUse = Arrays.copyOf(inUse, 2 * used);
            }
            inUse[used++] = counts;
        }
    }

    /** How many counts there are. */
    public int size() {
        return cells;
    }

    /** Goes through the variants with counts, in the order of their first event since {@link #clear()}. */
    public void forEach(Consumer<VariantCounts> action) {
        for (int i = 0; i < used; i++) {
            action.accept(inUse[i]);
        }
    }

    /** Forgets all counts. */
    public void clear() {
        if (known > kept) {
            // Those of which nothing comes any more go first; where even the others are too many, all of them.
            known = used <= kept ? used : 0;
            rebuild(slotsFor(Math.min(used, kept)), known > 0);
        }
        for (int i = 0; i < used; i++) {
            inUse[i].clear();
        }
        if (inUse.length > 2 * Math.max(kept, FIRST_SLOTS)) {
            inUse = new VariantCounts[FIRST_SLOTS / 2];
        } else {
            Arrays.fill(inUse, 0, used, null);
        }
        used = 0;
        cells = 0;
    }

    private VariantCounts countsOf(EventView event) {
        long hash = fingerprint.nameOf(event);
        int slot = slotOf(hash);
        while (slots[slot] != null) {
            if (hashes[slot] == hash && slots[slot].isOf(event)) {
                return slots[slot];
            }
            slot = slot + 1 & slots.length - 1;
        }
        var counts = newCounts(event);
        slots[slot] = counts;
        hashes[slot] = hash;
        known++;
        if (2 * known > slots.length) {
            rebuild(2 * slots.length, false);
        }
        return counts;
    }

    private VariantCounts newCounts(EventView event) {
        var experiment =
                new ExperimentKey(projects.of(event), environments.of(event), event.text(TextField.EXPERIMENT));
        return new VariantCounts(event, experiment, variants.of(event), partitionOf.applyAsInt(experiment));
    }

    private void rebuild(int newLength, boolean usedOnly) {
        var oldSlots = slots;
        var oldHashes = hashes;
        slots = new VariantCounts[newLength];
        hashes = new long[newLength];
        if (known == 0) {
            return;
        }
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != null && (!usedOnly || oldSlots[i].size() > 0)) {
                int slot = slotOf(oldHashes[i]);
                while (slots[slot] != null) {
                    slot = slot + 1 & newLength - 1;
                }
                slots[slot] = oldSlots[i];
                hashes[slot] = oldHashes[i];
            }
        }
    }

    private static int slotsFor(int variants) {
        return Math.max(FIRST_SLOTS, Integer.highestOneBit(Math.max(1, variants)) << 2);
    }

    private int slotOf(long hash) {
        return (int) hash & slots.length - 1;
    }
}

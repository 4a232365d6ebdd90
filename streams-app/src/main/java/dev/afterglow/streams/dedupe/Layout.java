package dev.afterglow.streams.dedupe;

import java.util.List;

/**
 * Where the parts of a sealed part lie, in bytes and in slots.
 *
 * @param counts ids in each shard
 * @param starts first slot of each shard, and behind the last one the number of all slots
 * @param filterWords length of the filter in words of 64 bits
 */
record Layout(int[] counts, int[] starts, int filterWords) {

    /** Four bits set by each id in one word: about 1 % of the ids that are not there pass. */
    private static final int FILTER_BITS_PER_ID = 12;

    private static final long LOAD_PERCENT = 85;

    static Layout of(List<? extends IdSource> sources) {
        int[] counts = new int[Hashing.SHARDS];
        int[] starts = new int[Hashing.SHARDS + 1];
        long ids = 0;
        for (int shard = 0; shard < Hashing.SHARDS; shard++) {
            for (IdSource source : sources) {
                counts[shard] += source.count(shard);
            }
            ids += counts[shard];
            // One slot stays free, at which a search ends.
            long slots = counts[shard] * 100L / LOAD_PERCENT + 1;
            starts[shard + 1] = Math.toIntExact(starts[shard] + slots);
        }
        return new Layout(counts, starts, Math.toIntExact(ids * FILTER_BITS_PER_ID / Long.SIZE + 1));
    }

    int slots(int shard) {
        return starts[shard + 1] - starts[shard];
    }

    long keysAt() {
        return (long) filterWords * Long.BYTES;
    }

    long contentsAt() {
        return keysAt() + (long) starts[Hashing.SHARDS] * Long.BYTES;
    }

    long bytes() {
        return contentsAt() + (long) starts[Hashing.SHARDS] * Integer.BYTES;
    }
}

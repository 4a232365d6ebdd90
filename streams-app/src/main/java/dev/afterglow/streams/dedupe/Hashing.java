package dev.afterglow.streams.dedupe;

/** Where an id lies. Independent bits choose the shard, the slot in it, and the word and the bits of the filter. */
final class Hashing {

    /** Tables are cut into shards, which grow and are sealed one at a time: neither takes a second copy of all. */
    static final int SHARDS = 64;

    private static final int SHARD_SHIFT = 58;
    private static final long LOW = 0xffff_ffffL;
    /** 2^64 divided by the golden ratio, made odd: multiplicative hashing after Knuth. */
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private Hashing() {}

    /** Ids are fingerprints and well mixed; this guards against callers whose are not. */
    static long mix(long id) {
        long hash = id * GOLDEN;
        return hash ^ (hash >>> 32);
    }

    static int shard(long hash) {
        return (int) (hash >>> SHARD_SHIFT);
    }

    /** @return from 0 to {@code capacity - 1} */
    static int slot(long hash, int capacity) {
        return (int) ((hash & LOW) * capacity >>> 32);
    }

    /** @return from 0 to {@code words - 1} */
    static int word(long hash, int words) {
        return (int) ((hash >>> 32) * words >>> 32);
    }

    /** @return the four bits (or fewer, where they meet) that an id sets in its word of the filter */
    static long mask(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12) | 1L << (hash >>> 18);
    }
}

package dev.afterglow.streams.demo;

import java.util.SplittableRandom;

/**
 * Numbers that depend on a seed, an index and a purpose alone, so that anything about an event can be had again without
 * having been kept.
 *
 * @param seed seed of the run
 */
record Draws(long seed) {

    enum Purpose {
        EVENT,
        BESIDE,
        DAMAGE,
        LIVE
    }

    SplittableRandom at(Purpose purpose, long index) {
        // Mixed, since neighbouring seeds of SplittableRandom may give sequences that are shifts of one another.
        return new SplittableRandom(mix(mix(mix(seed) + purpose.ordinal()) + index));
    }

    /** The finaliser of MurmurHash3 (public domain, A. Appleby): a bijection in which every bit reaches every other. */
    private static long mix(long value) {
        var mixed = value + 0x632BE59BD9B4E019L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}

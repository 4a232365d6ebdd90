package dev.afterglow.streams.dedupe;

/**
 * What bounds the heap.
 *
 * @param maxOpenIds ids that a task holds on its heap at the most, 1,000 to 16,777,216; beyond, the largest table is
 *     sealed. Each takes up to 19 bytes, and 12 more until the next commit.
 */
public record IdLimits(int maxOpenIds) {

    /** 1,048,576 ids: about 20 MB for each task. */
    public static final IdLimits DEFAULT = new IdLimits(1 << 20);

    private static final int LEAST = 1_000;
    private static final int MOST = 1 << 24;

    public IdLimits {
        if (maxOpenIds < LEAST || maxOpenIds > MOST) {
            throw new IllegalArgumentException(
                    "maxOpenIds is " + maxOpenIds + "; it has to be from " + LEAST + " to " + MOST);
        }
    }
}

package dev.afterglow.streams.dedupe;

/**
 * How much is kept.
 *
 * @param ids ids remembered
 * @param heapBytes bytes on the heap
 * @param mappedBytes bytes outside the heap, most of them in mapped files
 * @param segments pairs of an hour of arrival and a horizon
 */
public record IdFigures(long ids, long heapBytes, long mappedBytes, int segments) {

    /** Nothing is kept. */
    public static final IdFigures NONE = new IdFigures(0, 0, 0, 0);

    static IdFigures of(SeenIds ids) {
        return new IdFigures(ids.size(), ids.heapBytes(), ids.mappedBytes(), ids.segments());
    }
}

package dev.afterglow.streams.intake;

/**
 * What intake has to know of its source beyond the records it is given.
 *
 * @param ends where its partitions end
 * @param earlier what lies before the first record of a task
 */
public record SourceLog(SourceEnds ends, EarlierEvents earlier) {}

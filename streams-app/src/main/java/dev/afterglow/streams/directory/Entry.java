package dev.afterglow.streams.directory;

import java.time.Instant;

/**
 * One version of something.
 *
 * @param value the version
 * @param arrivedAt when it was written to its topic
 */
public record Entry<V>(V value, Instant arrivedAt) {}

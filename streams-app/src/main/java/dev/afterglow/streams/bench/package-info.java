/**
 * {@code afterglow bench}: the same events counted by Afterglow as shipped and by its rivals, each in a fresh JVM, on one
 * broker, with what that cost and whether the result was right.
 *
 * <p>The parent makes the data, knows the right answer from making them, starts one child per case, and watches it from
 * outside: committed offsets, published counts, {@code /proc}. What a case does itself lies in {@link CaseMain}.
 */
package dev.afterglow.streams.bench;

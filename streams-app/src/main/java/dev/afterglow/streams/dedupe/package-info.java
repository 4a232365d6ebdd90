/**
 * The memory of event ids: which were seen before, in which hour of arrival they were first seen, and with what contents.
 *
 * <h2>What is kept</h2>
 *
 * <p>Not ids but fingerprints of 64 bits, and beside each a fingerprint of 32 bits of what the event says. They lie in
 * segments of one UTC hour of arrival and one horizon, and a segment is forgotten whole. An id is remembered for at least
 * its horizon and at most an hour longer, counted from its first sight: a duplicate adds nothing.
 *
 * <h2>The odds of a false duplicate</h2>
 *
 * <p>With {@code N} ids kept, a new event is taken for one of them with the probability {@code N / 2^64}. Fewer than one
 * in 10^9 means {@code N < 2^64 / 10^9 = 1.8e10} ids in one task, that is 2.0e5 new events a second and partition with a
 * horizon of 24 h (25 hours of ids at the most). At 2,000 a second and partition it is one in 10^11; at 10 million ids
 * kept, 5.4e-13. Such an event is then reported as a conflict, except for one in 2^32. The other way about, a conflict
 * goes unnoticed as a plain duplicate once in 2^32 conflicts: it is counted once all the same.
 *
 * <h2>Where it is kept</h2>
 *
 * <p>The ids of the running hour are on the heap, in tables of at most {@link dev.afterglow.streams.dedupe.IdLimits} ids;
 * what is full or past is sealed: written to a file without a name, mapped, gone with the process. So the heap is bounded
 * whatever the horizon. What survives a crash is the changelog: per commit and segment one record of 12 bytes an id, and
 * a tombstone for each when the segment is forgotten.
 */
package dev.afterglow.streams.dedupe;

/**
 * Whatever is killed, and whenever: the counts are exact. Processes of their own on a real broker are killed, paused and
 * started again under load; what comes out is held against what follows from the numbers of the events alone, or against
 * what a program says that shares nothing with them.
 *
 * <p>A short version runs with the other integration tests; {@code mvn verify -Pcrash} runs the long one.
 */
package dev.afterglow.streams.it.crash;

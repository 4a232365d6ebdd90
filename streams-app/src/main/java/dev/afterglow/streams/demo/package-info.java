/**
 * The simulated fleet behind {@code afterglow demo}: what is sent, what has to come out of it, and how both are shown.
 *
 * <p>What is expected is reckoned from the generator alone; nothing in here uses the counting, judging or pricing of the
 * pipeline, so that agreement means something.
 */
package dev.afterglow.streams.demo;

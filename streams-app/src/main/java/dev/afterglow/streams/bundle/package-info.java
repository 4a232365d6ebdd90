/**
 * Hands the records of one poll to a processor together. What Kafka Streams does for each record that passes through a
 * task (queue, clock, sensors, contexts) costs more than counting it; it is done once for all of them here, with public
 * API alone: a consumer that joins what it has polled, and a deserializer that gives it back. {@code RATIONALE.md} beside
 * it says what that relies on.
 */
package dev.afterglow.streams.bundle;

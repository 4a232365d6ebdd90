/**
 * Metrics for Prometheus: the process, Kafka Streams, and what only this program knows, with no experiment among the
 * labels (there may be any number of those).
 */
package dev.afterglow.streams.metrics;

/** Kafka clients of the command line: answers within seconds, records encoded before they are sent. */
package dev.afterglow.streams.client;

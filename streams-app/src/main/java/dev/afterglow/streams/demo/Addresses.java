package dev.afterglow.streams.demo;

import java.net.URI;

/**
 * Where the services of a demo can be reached.
 *
 * @param bootstrapServers the Kafka broker
 * @param registry Confluent API of the schema registry
 * @param page page and HTTP API
 */
public record Addresses(String bootstrapServers, URI registry, URI page) {}

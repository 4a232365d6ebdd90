package dev.afterglow.schemas.registry;

import org.apache.avro.Schema;

/**
 * A schema as a subject has it.
 *
 * @param subject the subject, {@code <topic>-value} under TopicNameStrategy
 * @param id the id that goes on the wire
 * @param version the version within the subject, from 1
 * @param schema the parsed schema
 */
public record RegisteredSchema(String subject, int id, int version, Schema schema) {}

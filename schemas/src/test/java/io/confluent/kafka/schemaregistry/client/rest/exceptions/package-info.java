/** A stand-in for the one class of Confluent's client that is known by name. */
package io.confluent.kafka.schemaregistry.client.rest.exceptions;

/**
 * How values become bytes and come back: Avro in Confluent's wire format on topics ({@link
 * dev.afterglow.schemas.serde.AvroSerde}), Avro with no registry at all in state stores ({@link
 * dev.afterglow.schemas.serde.StateSerde}), and any other serde that a configuration names ({@link
 * dev.afterglow.schemas.serde.SerdeFactory}), with its errors sorted into the kinds of {@link
 * dev.afterglow.schemas.registry}.
 */
package dev.afterglow.schemas.serde;

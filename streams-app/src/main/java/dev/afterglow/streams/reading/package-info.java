/**
 * How stage 1 reads evaluation events at the least cost: the fields it needs are found where they lie in the bytes of the
 * record ({@link dev.afterglow.streams.reading.EventReaders}), named by fingerprints ({@link
 * dev.afterglow.streams.reading.Fingerprint}) and added up per cell ({@link dev.afterglow.streams.reading.CountCells})
 * without an object per event. Whatever is out of the ordinary is left to Avro's own decoder, which so has the last word
 * on what is a value and what is poison.
 */
package dev.afterglow.streams.reading;

/**
 * Kafka and a schema registry of one's own: what {@code afterglow demo} and {@code run --embedded} work on when no
 * Kafka is at hand.
 *
 * <p>Both are the real things: a single-node KRaft broker inside this process, and Apicurio Registry as a child process
 * that ends with this one. They keep their data below one directory, survive {@code kill -9}, and listen on the
 * loopback address only. One node means one copy of the data: it is for trying, for development and for small
 * installations, not for what must outlive a disk.
 */
package dev.afterglow.streams.embedded;

/** The Docker image, tested as it is shipped: beside a Kafka and a schema registry in containers of their own. */
package dev.afterglow.streams.image;

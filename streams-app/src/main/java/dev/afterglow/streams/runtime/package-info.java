/** Puts the stages together into a running service: clients, directories, streams, read model, HTTP, and their end. */
package dev.afterglow.streams.runtime;

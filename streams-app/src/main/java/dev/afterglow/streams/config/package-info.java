/** The configuration: read once from file, environment and command line into immutable records, or refused with every reason. */
package dev.afterglow.streams.config;

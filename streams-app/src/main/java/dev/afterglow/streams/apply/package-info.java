/** Configuration as a file: reads YAML into contracts, checks all of it, then sends all of it or nothing. */
package dev.afterglow.streams.apply;

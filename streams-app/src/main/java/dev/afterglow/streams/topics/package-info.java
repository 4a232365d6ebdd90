/** Holds the topics of a cluster against the catalogue, and makes those that are missing. */
package dev.afterglow.streams.topics;

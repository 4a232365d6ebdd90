/**
 * Stage 1: from evaluation events to deltas, on the input's own partitions. Decodes, validates, drops duplicates,
 * applies the counting policy, adds up, and accounts for every event in the ledger.
 */
package dev.afterglow.streams.intake;

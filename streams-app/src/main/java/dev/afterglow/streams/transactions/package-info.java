/** Finds what brokers leave open when they crash, and what would stop the flow for ever. Knows nothing of what is counted. */
package dev.afterglow.streams.transactions;

/** Keeps what brokers leave open when they crash from stopping the flow for ever. Knows nothing of what is counted. */
package dev.afterglow.streams.transactions;

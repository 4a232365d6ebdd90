/**
 * The one place where we lean on the inside of Kafka Streams: code of ours that runs within the commit of a task, before
 * its transaction ends. {@code RATIONALE.md} beside it says why, and what it relies on.
 */
package dev.afterglow.streams.commit;

/**
 * The audit: recounts the raw topic on a path of its own, and compares with what the pipeline has published. It shares
 * nothing with the engine but the contracts (schemas, topics, configuration), so that an error in one does not hide in
 * the other: the rules of counting are written here a second time, plainly, on exact ids.
 */
package dev.afterglow.streams.audit;

/**
 * How far the flow has come: whether everything that has arrived has been counted, judged, published and can be asked for.
 *
 * <p>Each stage writes a {@code Progress} row per partition in the transaction that commits its outputs. The lowest of
 * their watermarks, W, says that everything that arrived before W has passed every stage.
 */
package dev.afterglow.streams.progress;

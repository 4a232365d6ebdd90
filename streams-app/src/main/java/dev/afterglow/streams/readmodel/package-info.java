/**
 * What the pipeline has published, on disk and ready to be asked: built from the output topics alone, so that any
 * instance answers for all partitions.
 *
 * <p>One thread ({@link dev.afterglow.streams.readmodel.ReadModel}) reads the topics as a {@code read_committed} consumer
 * without a group. Everything that a poll returned is written in one atomic batch together with the offsets, so that a
 * process that dies at any instant resumes where it was. Where it cannot resume, it starts again from the beginning.
 */
package dev.afterglow.streams.readmodel;

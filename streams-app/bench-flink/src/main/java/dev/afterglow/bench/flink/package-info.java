/** The count of {@code afterglow bench} in Flink SQL; a child process of it, on a class path of its own. */
package dev.afterglow.bench.flink;

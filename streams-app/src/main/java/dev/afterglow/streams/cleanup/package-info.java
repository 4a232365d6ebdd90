/**
 * The case of every experiment: keeps its definitions and its traffic, has it judged when the watermark says that the
 * time has come, sends the alerts, and tells cost which impressions were leftovers.
 */
package dev.afterglow.streams.cleanup;
